// Opens scenes, each at the same moment and before the same desktop.

import { expect, test as base, type ConsoleMessage, type Page } from "@playwright/test";
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
    await page.clock.setFixedTime(NOW);
    await unharmed(page, use);
  },
});

/** As `test`, for what looks at a scene and leaves it: one page for all of them, which is much quicker than one each. */
export const look = base.extend<object, { sheet: Page }>({
  sheet: [
    async ({ browser }, use, { project }) => {
      const { baseURL, viewport, locale, timezoneId, contextOptions } = project.use;
      const context = await browser.newContext({ baseURL, viewport, locale, timezoneId, ...contextOptions });
      // Nothing of a scene outlives it.
      await context.addInitScript(() => localStorage.clear());
      const page = await context.newPage();
      await page.clock.setFixedTime(NOW);
      await use(page);
      await context.close();
    },
    { scope: "worker" },
  ],
  page: ({ sheet }, use) => unharmed(sheet, use),
});

async function unharmed(page: Page, use: (page: Page) => Promise<void>): Promise<void> {
  const errors: string[] = [];
  const thrown = (error: Error) => errors.push(String(error));
  const said = (message: ConsoleMessage) => message.type() === "error" && errors.push(message.text());
  page.on("pageerror", thrown);
  page.on("console", said);
  await use(page);
  page.off("pageerror", thrown);
  page.off("console", said);
  expect(errors, "the page complained").toEqual([]);
}

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
