// What is reached through the settings, with Tab, Enter, Space, arrows and Escape alone.

import { expect } from "@playwright/test";
import { at, focused, heading, settingsBegin, view } from "./places";
import { test } from "./scene";

test("settings are opened, turned and left", async ({ page }) => {
  const keyboard = await at(page, "accounts");
  await keyboard.to("settings-open");
  await keyboard.press("Enter");
  await settingsBegin(page);
  await keyboard.to("settings-login");
  await keyboard.press("Space");
  await expect(page.getByTestId("settings-login")).toBeChecked();
  await focused(page, "settings-login");
  await keyboard.press("Escape");
  await focused(page, "settings-open");
});

test("a choice holds at once: light or dark, and the link instead of a browser", async ({ page }) => {
  const keyboard = await at(page, "settings");
  const ground = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  const light = await ground();
  await page.getByTestId("settings-theme").selectOption("dark");
  await expect.poll(ground).not.toBe(light);
  await page.getByTestId("settings-theme").selectOption("system");
  await expect.poll(ground).toBe(light);
  await page.getByTestId("settings-browser").selectOption("copy");
  await keyboard.press("Escape");
  await page.getByTestId("connect-another").click();
  await page.getByTestId("preset-calendar").check({ force: true });
  await page.getByTestId("continue").click();
  await expect(page.getByTestId("attempt-said")).toHaveText(/^Copied/);
});

test("a proxy is typed, mended and used", async ({ page }) => {
  const keyboard = await at(page, "settings");
  await page.getByTestId("settings-proxy").selectOption("own");
  await keyboard.to("settings-proxy-address");
  await page.keyboard.type("alice:secret@proxy.example");
  await keyboard.press("Enter");
  await expect(page.getByTestId("settings-proxy-trouble")).toHaveText(/password/);
  await focused(page, "settings-proxy-address");
  await page.getByTestId("settings-proxy-address").fill("proxy.example:3128");
  await keyboard.press("Enter");
  await expect(page.getByTestId("settings-proxy-saved")).not.toBeEmpty();
  await expect(page.getByTestId("settings-proxy")).toHaveValue("own");
  await page.getByTestId("settings-proxy").selectOption("direct");
  await expect(page.getByTestId("settings-proxy-address")).toHaveCount(0);
});

test("client files are named, kept and removed", async ({ page }) => {
  const keyboard = await at(page, "settings-clients");
  await keyboard.to("settings-client-open");
  await keyboard.press("Enter");
  await view(page, "clients");
  await heading(page);
  const [work, own, spare] = ["Work", "Private", "an-experiment-of-last-summer"].map((name) => page.locator(`[data-name="${name}"]`));
  await keyboard.to("client-rename");
  await keyboard.press("Enter");
  await focused(page, "client-name");
  await keyboard.press("Escape");
  await expect(work!.getByTestId("client-rename")).toBeFocused();
  await keyboard.press("Enter");
  await page.keyboard.type("Office");
  await keyboard.press("Enter");
  await expect(page.locator('[data-name="Office"]').getByTestId("client-rename")).toBeFocused();

  // One that is used says by whom, and offers nothing else.
  await own!.getByTestId("client-remove").focus();
  await keyboard.press("Enter");
  await expect(own!.getByTestId("client-removal")).toContainText("alice@example.com");
  await expect(own!.getByTestId("client-remove-confirm")).toHaveCount(0);
  await keyboard.press("Enter");
  await expect(own!.getByTestId("client-remove")).toBeFocused();

  await spare!.getByTestId("client-remove").focus();
  await keyboard.press("Enter");
  await keyboard.to("client-remove-confirm", { back: true });
  await keyboard.press("Enter");
  await expect(page.getByTestId("client")).toHaveCount(2);
  await heading(page);
  await keyboard.to("client-add");
  await keyboard.press("Enter");
  await expect(page.getByTestId("walk-step")).toHaveAttribute("data-step", "project");
  await keyboard.to("back", { back: true });
  await keyboard.press("Enter");
  await view(page, "clients");
});

test("all accounts disconnected in three presses", async ({ page }) => {
  const keyboard = await at(page, "accounts");
  await keyboard.to("settings-open", { back: true });
  await keyboard.press("Enter");
  await settingsBegin(page);
  await keyboard.to("settings-disconnect-all");
  await keyboard.press("Enter");
  await focused(page, "disconnect-all-cancel");
  await keyboard.to("disconnect-all-confirm", { back: true });
  await keyboard.press("Enter");
  await focused(page, "disconnect-all-close");
  await expect(page.getByTestId("leave-progress")).toHaveText("Disconnected: 2 of 2");
  await keyboard.press("Enter");
  await expect(page.getByTestId("disconnect-all-dialog")).toHaveCount(0);
  await heading(page);
});

test("everything deleted, after a change of mind", async ({ page }) => {
  const keyboard = await at(page, "how");
  await keyboard.to("how-delete");
  await keyboard.press("Enter");
  await focused(page, "delete-cancel");
  await keyboard.press("Escape");
  await expect(page.getByTestId("delete-dialog")).toHaveCount(0);
  await focused(page, "how-delete");
  await keyboard.press("Enter");
  await keyboard.to("delete-confirm", { back: true });
  await keyboard.press("Enter");
  await focused(page, "delete-keep");
  // What has begun is not ended by Escape.
  await keyboard.press("Escape");
  await focused(page, "delete-keep");
  await expect(page.getByRole("heading", { name: "Everything is deleted" })).toBeVisible();
});
