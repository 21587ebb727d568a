// The gallery shows what it says, the way it was asked to.

import { expect } from "@playwright/test";
import { pictures } from "../../gallery/views";
import { test } from "./scene";

test("every state is in it, each in a frame of its own", async ({ page }) => {
  await page.goto("gallery.html");
  const frames = page.getByTestId("state");
  await expect(frames).toHaveCount(pictures.length);
  const names = await frames.evaluateAll((all) => all.map((each) => each.getAttribute("data-name")));
  expect(names.toSorted()).toEqual(pictures.map(({ name }) => name).toSorted());
});

test("what is searched stays, the rest goes", async ({ page }) => {
  await page.goto("gallery.html");
  await page.getByTestId("search").fill("disconnecting-waits");
  await expect(page.getByTestId("state").filter({ visible: true })).toHaveCount(1);
  await expect(page.getByRole("heading", { level: 2 })).toHaveText(["Accounts"]);
});

test("the switches turn every state", async ({ page }) => {
  await page.goto("gallery.html?search=welcome-practice");
  for (const way of ["dark", "200", "rtl", "less", "wide"]) await page.getByRole("radio", { name: way, exact: true }).check();
  const shown = page.getByTestId("state").filter({ visible: true });
  await expect(shown).toHaveAttribute("width", "920");
  const root = shown.contentFrame().locator("html");
  await expect(root).toHaveAttribute("dir", "rtl");
  await expect(root).toHaveCSS("font-size", "32px");
  await expect(root).toHaveCSS("background-color", "rgb(15, 22, 18)");
  await expect(shown.contentFrame().getByTestId("welcome-connect")).toHaveCSS("transition-property", "none");
});

test("a state is opened by its name", async ({ page, context }) => {
  await page.goto("gallery.html?search=question-ending");
  const [opened] = await Promise.all([context.waitForEvent("page"), page.getByRole("link", { name: "question-ending" }).click()]);
  await expect(opened.getByTestId("question")).toBeVisible();
});
