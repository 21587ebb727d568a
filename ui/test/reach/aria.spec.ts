// What a screen reader is told of each view: names, roles and states, in the order in which they are read.
// What changed on purpose is taken anew: npm run reach -- --update

import { expect } from "@playwright/test";
import { views } from "../../gallery/views";
import { open, look as test } from "./scene";

for (const { file, main } of views) {
  test(file, async ({ page }) => {
    await open(page, main);
    expect(await page.locator("body").ariaSnapshot()).toMatchSnapshot(`${file}-aria.yml`);
  });
}
