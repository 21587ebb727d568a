// Opens scenes, each at the same moment and before the same desktop.

import { expect, test as base, type Page } from "@playwright/test";
import { address, type Picture } from "../../gallery/views";

/** A Wednesday afternoon. Made-up accounts, questions and logs count from it. */
const NOW = new Date("2026-05-20T14:32:00+02:00");

export interface Desktop {
  theme: "light" | "dark";
  text: "100" | "200";
  dir: "ltr" | "rtl";
}

/** A page whose clock stands still and that no error befell. */
export const test = base.extend({
  page: async ({ page }, use) => {
    const errors: string[] = [];
    page.on("pageerror", (error) => errors.push(String(error)));
    page.on("console", (said) => said.type() === "error" && errors.push(said.text()));
    await page.clock.setFixedTime(NOW);
    await use(page);
    expect(errors, "the page complained").toEqual([]);
  },
});

/** Opens a scene and waits until it is all there and can be used. */
export async function open(page: Page, picture: Picture, { theme, ...desktop }: Partial<Desktop> = {}): Promise<void> {
  await page.emulateMedia({ colorScheme: theme ?? "light" });
  await page.goto(address(picture, desktop));
  await expect(page.locator(picture.selector), `${picture.name} shows ${picture.file}`).toBeVisible();
  await page.evaluate(() => document.fonts.ready.then(() => {}));
  // The answers to a question sleep at first.
  const answer = page.getByTestId("allow-once");
  if (await answer.count()) await expect(answer).toBeEnabled();
}

/** The same page on another desktop, without opening it anew. */
export async function turn(page: Page, { theme, text, dir }: Desktop): Promise<void> {
  await page.emulateMedia({ colorScheme: theme });
  await page.evaluate(
    async ({ large, dir }) => {
      document.documentElement.classList.toggle("text-200", large);
      document.documentElement.dir = dir;
      // Until it is drawn: colours are read half turned otherwise.
      for (let frame = 0; frame < 2; frame += 1) await new Promise(requestAnimationFrame);
    },
    { large: text === "200", dir },
  );
}

export const nameOf = ({ theme, text, dir }: Desktop) => `${theme}-${text}-${dir}`;
