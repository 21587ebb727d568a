// Tab goes once through each view: to everything, in the order of reading, and out of it again, save from a dialog.

import { expect } from "@playwright/test";
import { views } from "../../gallery/views";
import { jumps, Keyboard, reachable } from "./keyboard";
import { nameOf, open, look as test, type Desktop } from "./scene";

const desktops: Desktop[] = [
  { theme: "light", text: "100", dir: "ltr" },
  { theme: "dark", text: "200", dir: "rtl" },
];

for (const { file, main } of views) {
  for (const desktop of desktops) {
    test(`${file}-${nameOf(desktop)}`, async ({ page }) => {
      await open(page, main, desktop);
      const wanted = await reachable(page);
      const stops = await new Keyboard(page).tour();
      expect(stops.map(({ name }) => name).toSorted()).toEqual(wanted.toSorted());
      expect(jumps(stops)).toEqual([]);
    });
  }
}
