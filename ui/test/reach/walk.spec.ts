// The ways that people go most, gone with Tab, Enter, Space, arrows and Escape alone.

import { expect } from "@playwright/test";
import { at, focused, heading, settingsBegin, view } from "./places";
import { test } from "./scene";

test("from the first page to a practice account", async ({ page }) => {
  const keyboard = await at(page, "welcome");
  await keyboard.to("welcome-practice");
  await keyboard.press("Enter");
  await view(page, "choose");
  await heading(page);
  await keyboard.to("permission-sendMail");
  await keyboard.press("Space");
  await expect(page.getByTestId("permission-sendMail")).toBeChecked();
  await keyboard.to("continue");
  await keyboard.press("Enter");
  await view(page, "attempt");
  await heading(page);
  await keyboard.to("attempt-cancel");
  await expect(page.getByTestId("view")).toHaveAttribute("data-view", "accounts", { timeout: 15_000 });
  await heading(page);
  await keyboard.to("account-test");
});

test("a purpose ticks the boxes, and a box makes it one's own choice", async ({ page }) => {
  const keyboard = await at(page, "choose");
  await keyboard.to("preset-own");
  // Round to the first.
  await keyboard.press("ArrowDown");
  await focused(page, "preset-mail");
  for (const id of ["sendMail", "readMail", "contacts"]) await expect(page.getByTestId(`permission-${id}`)).toBeChecked();
  await expect(page.getByTestId("permission-driveFiles")).not.toBeChecked();
  await keyboard.to("preset-mail-add");
  await keyboard.press("Enter");
  await focused(page, "advanced-scopes");
  await expect(page.getByTestId("advanced-scopes")).toHaveValue("mail.google.com");
  await expect(page.getByTestId("preset-mail")).toBeChecked();
  await keyboard.to("permission-contacts", { back: true });
  await keyboard.press("Space");
  await expect(page.getByTestId("preset-own")).toBeChecked();
  await expect(page.getByTestId("permission-sendMail")).toBeChecked();
});

test("how this works, and back to where one was", async ({ page }) => {
  const keyboard = await at(page, "programs");
  await keyboard.to("settings-open", { back: true });
  await keyboard.press("Enter");
  await settingsBegin(page);
  await keyboard.to("settings-how");
  await keyboard.press("Enter");
  await view(page, "how");
  await heading(page);
  await keyboard.to("back", { back: true });
  await keyboard.press("Enter");
  await view(page, "programs");
  await expect(page.getByTestId("settings")).toBeVisible();
  await settingsBegin(page);
  await keyboard.press("Escape");
  await expect(page.getByTestId("settings")).toHaveCount(0);
  await heading(page);
});

test("how this works, from the first page", async ({ page }) => {
  const keyboard = await at(page, "welcome");
  await keyboard.to("welcome-how");
  await keyboard.press("Enter");
  await heading(page);
  await keyboard.to("how-google");
  await keyboard.to("back", { back: true });
  await keyboard.press("Enter");
  await view(page, "welcome");
  await heading(page);
});

test("out of a dialog, back to the button that opened it", async ({ page }) => {
  const keyboard = await at(page, "accounts");
  for (const leave of ["button", "Escape"]) {
    await keyboard.to("account-disconnect", { within: "[data-email='bob@example.com']" });
    await keyboard.press("Enter");
    await focused(page, "disconnect-cancel");
    // Round and round within it.
    await keyboard.to("disconnect-everywhere");
    await keyboard.to("disconnect-cancel");
    await keyboard.to("disconnect-here", { back: true });
    await keyboard.to("disconnect-cancel");
    await keyboard.press(leave === "button" ? "Enter" : "Escape");
    await expect(page.getByTestId("disconnect-dialog")).toHaveCount(0);
    await expect(page.locator("[data-email='bob@example.com']").getByTestId("account-disconnect")).toBeFocused();
  }
});

test("a program is given less, for a while", async ({ page }) => {
  const keyboard = await at(page, "accounts-in-use");
  await keyboard.to("programs-open", { back: true });
  await keyboard.press("Enter");
  await view(page, "programs");
  await heading(page);
  await keyboard.to("grant-change");
  await keyboard.press("Enter");
  await expect(page.getByTestId("grant-scope").first()).toBeFocused();
  await keyboard.press("Space");
  await keyboard.to("grant-keep");
  await keyboard.press("ArrowDown");
  await focused(page, "grant-12h");
  await keyboard.to("grant-save");
  await keyboard.press("Enter");
  await expect(page.getByTestId("grant-form")).toHaveCount(0);
  await expect(page.getByTestId("grant-change").first()).toBeFocused();
  await expect(page.getByTestId("program-grant-scope").first()).toContainText("calendar");
  // And from a form that was opened by mistake.
  await keyboard.press("Enter");
  await keyboard.press("Escape");
  await expect(page.getByTestId("grant-change").first()).toBeFocused();
});

test("a question is refused, and the next allowed", async ({ page }) => {
  const keyboard = await at(page, "question-several");
  await focused(page, "deny");
  await keyboard.press("Enter");
  await expect(page.getByTestId("question")).toHaveAttribute("data-id", "2");
  await focused(page, "deny");
  await expect(page.getByTestId("allow-once")).toBeEnabled();
  await keyboard.to("allow-12h");
  await keyboard.press("Enter");
  await expect(page.getByTestId("question")).toHaveAttribute("data-id", "3");
  await focused(page, "deny");
  await expect(page.getByTestId("allow-once")).toBeEnabled();
  await keyboard.press("Escape");
  await expect(page.getByTestId("question")).toHaveAttribute("data-id", "4");
});

test("a history is opened and closed", async ({ page }) => {
  const keyboard = await at(page, "accounts");
  await keyboard.to("history-open");
  await keyboard.press("Enter");
  await expect(page.getByTestId("history-status").first()).not.toHaveText("");
  await expect(page.getByTestId("history-open").first()).toBeFocused();
  await keyboard.press("Space");
  await expect(page.getByTestId("history-status")).toHaveCount(0);
  await expect(page.getByTestId("history-open").first()).toBeFocused();
});

test("an account is given a browser of its own, and loses it again", async ({ page }) => {
  const keyboard = await at(page, "accounts");
  await keyboard.to("browser-open");
  await keyboard.press("Enter");
  await keyboard.to("account-browser-choice");
  const choice = page.getByTestId("account-browser-choice");
  await expect(choice).toHaveAccessibleDescription(/./);
  await expect(choice).toHaveValue("settings");
  await page.keyboard.type("Fire");
  await expect(choice).toHaveValue('["firefox.desktop",null]');
  // What is shown is what is kept.
  await keyboard.to("browser-open", { back: true });
  for (let turn = 0; turn < 2; turn += 1) await keyboard.press("Enter");
  await expect(choice).toHaveValue('["firefox.desktop",null]');
  await choice.selectOption("settings");
  await expect(choice).toHaveValue("settings");
});

test("one account of many is found, opened, and lost again", async ({ page }) => {
  const keyboard = await at(page, "accounts-40");
  await page.keyboard.press("Control+f");
  await focused(page, "accounts-find");
  await page.keyboard.type("haddad bakery");
  await expect(page.getByTestId("account")).toHaveCount(1);
  await expect(page.getByTestId("accounts-found")).toHaveAttribute("data-count", "1");
  await keyboard.to("account-open");
  await keyboard.press("Enter");
  await focused(page, "account-open");
  await keyboard.to("support-open");
  await keyboard.press("Space");
  await keyboard.to("support-copy");
  await keyboard.to("accounts-find", { back: true });
  await page.keyboard.type("nobody");
  await expect(page.getByTestId("account")).toHaveCount(0);
  await keyboard.to("accounts-show-all");
  await keyboard.press("Enter");
  await focused(page, "accounts-find");
  await expect(page.getByTestId("account")).toHaveCount(40);
  // What was open is open still.
  await expect(page.getByTestId("support-copy")).toHaveCount(1);
});

test("an account that is mended takes the focus along to where it belongs", async ({ page }) => {
  const keyboard = await at(page, "accounts-40");
  const attention = page.locator("[data-group=attention]");
  await keyboard.to("account-mend", { within: "[data-group=attention]" });
  const email = await page.evaluate(() => document.activeElement!.closest<HTMLElement>("[data-email]")!.dataset.email!);
  await keyboard.press("Enter");
  await expect(attention.locator(`[data-email="${email}"]`)).toHaveCount(0);
  await expect(page.locator(`[data-email="${email}"]`)).toBeFocused();
});

test("news are dismissed one after the other", async ({ page }) => {
  const keyboard = await at(page, "notices");
  await keyboard.to("notice-dismiss");
  for (const left of [2, 1]) {
    await keyboard.press("Enter");
    await expect(page.getByTestId("notice")).toHaveCount(left);
    await expect(page.getByTestId("notice-dismiss").first()).toBeFocused();
  }
  await keyboard.press("Enter");
  await expect(page.getByTestId("notice")).toHaveCount(0);
  await heading(page);
});

test("to a client of one's own, a step a page", async ({ page }) => {
  const keyboard = await at(page, "welcome");
  await keyboard.to("welcome-connect");
  await keyboard.press("Enter");
  await view(page, "client");
  await heading(page);
  for (const [index, step] of ["project", "apis", "consent", "client"].entries()) {
    await expect(page.getByTestId("walk-progress")).toContainText(`${index + 1}`);
    await keyboard.to(`client-open-${step}`);
    await keyboard.press("Enter");
    await keyboard.to("walk-done");
    await keyboard.press("Enter");
    await heading(page);
  }
  await keyboard.to("back", { back: true });
  await keyboard.press("Enter");
  await heading(page);
  await expect(page.getByTestId("walk-step")).toHaveAttribute("data-step", "client");
  await keyboard.to("walk-different");
  await keyboard.press("Enter");
  await keyboard.to("walk-otherwise-show");
  await keyboard.press("Enter");
  await expect(page.getByTestId("walk-step")).toHaveAttribute("data-step", "consent");
  await heading(page);
  // It is still there when the window was closed in between.
  await page.goto("index.html?state=client");
  await expect(page.getByTestId("walk-step")).toHaveAttribute("data-step", "consent");
  await keyboard.to("walk-have-file");
  await keyboard.press("Space");
  await heading(page);
  await keyboard.to("client-choose");
  await keyboard.press("Enter");
  await view(page, "choose");
  await heading(page);
  await page.goto("index.html?state=client");
  await expect(page.getByTestId("walk-step")).toHaveAttribute("data-step", "project");
});

for (const [scene, step] of Object.entries({
  "client-unreadable": "client",
  "client-web": "client",
  "client-service-account": "client",
  "client-incomplete": "client",
  "attempt-client-refused": "client",
  "attempt-administrator": "consent",
  "tested-mixed": "apis",
})) {
  test(`from what went wrong to its step: ${scene}`, async ({ page }) => {
    const keyboard = await at(page, scene);
    await expect(page.getByTestId("show-where")).toBeVisible();
    await keyboard.to("show-where");
    await keyboard.press("Enter");
    await expect(page.getByTestId("walk-step")).toHaveAttribute("data-step", step);
    await heading(page);
    await expect(page.getByTestId("client-fault")).toHaveCount(0);
  });
}

for (const [name, testid] of [["accounts-called", "account-reconnect"], ["accounts-called-far", "account"]] as const) {
  test(`a notification leads to the account and its button: ${name}`, async ({ page }) => {
    await at(page, name);
    await expect(page.locator(":focus")).toHaveAttribute("data-testid", testid);
    await expect(page.locator(":focus")).toBeInViewport();
  });
}
