// Each view looks as it did. What changed on purpose is taken anew: npm run reach -- --update

import { expect } from "@playwright/test";
import { views } from "../../gallery/views";
import { nameOf, open, look as test, type Desktop } from "./scene";

/** Each theme, size and direction, in as few pictures as show what they do to each other. */
const looks: Desktop[] = [
  { theme: "light", text: "100", dir: "ltr" },
  { theme: "dark", text: "100", dir: "rtl" },
  { theme: "light", text: "200", dir: "rtl" },
];

for (const { file, main } of views) {
  for (const desktop of looks) {
    const name = `${file}-${nameOf(desktop)}`;
    test(name, async ({ page }) => {
      await open(page, main, desktop);
      await expect(page).toHaveScreenshot(`${name}.png`);
    });
  }
}
