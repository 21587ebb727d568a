// axe finds nothing: in no scene, in no theme, at no size, in no direction. Nor does anything stick out of the window.

import axe, { type RuleObject } from "axe-core";
import { expect, type Page } from "@playwright/test";
import { pictures, views } from "../../gallery/views";
import { nameOf, open, look as test, turn, type Desktop } from "./scene";

const EVERYTHING = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const COLOURS = ["color-contrast", "color-contrast-enhanced"];
const LAYOUT = ["target-size"];

declare global {
  interface Window {
    /** As it is put into the page. */
    axe: typeof axe;
  }
}

/** Names and roles are the same on every desktop, colours follow the theme, and places the size and the direction. */
const visits: { desktop: Desktop; rules: string[]; always?: true }[] = [
  { desktop: { theme: "light", text: "100", dir: "ltr" }, rules: EVERYTHING, always: true },
  { desktop: { theme: "light", text: "100", dir: "rtl" }, rules: LAYOUT },
  { desktop: { theme: "light", text: "200", dir: "ltr" }, rules: LAYOUT },
  { desktop: { theme: "dark", text: "100", dir: "ltr" }, rules: COLOURS, always: true },
  { desktop: { theme: "dark", text: "200", dir: "rtl" }, rules: EVERYTHING },
];

/** Each state is seen in both themes; at every size and in both directions each view is, and with --whole each state. */
const mains = new Set(views.map(({ main }) => main.name));

for (const picture of pictures) {
  test(picture.name, async ({ page }) => {
    // A thousand of each are looked at.
    if (picture.name === "accounts-1000") test.setTimeout(120_000);
    await open(page, picture);
    await page.evaluate(axe.source);
    const found: string[] = [];
    const { whole } = test.info().config.metadata;
    const paid = visits.filter(({ always }) => always || whole || mains.has(picture.name));
    for (const { desktop, rules } of paid) {
      await turn(page, desktop);
      const here = [...(await complaints(page, rules)), ...(await wideThings(page))];
      found.push(...here.map((what) => `${nameOf(desktop)}: ${what}`));
    }
    expect(found).toEqual([]);
  });
}

/** What axe complains of, in words. */
function complaints(page: Page, runOnly: string[]): Promise<string[]> {
  return page.evaluate(async (runOnly) => {
    // Contrast as AAA wants it, which no set of AA rules holds.
    const rules: RuleObject = runOnly.length > 2 ? { "color-contrast-enhanced": { enabled: true } } : {};
    const { violations } = await window.axe.run({ runOnly, rules, resultTypes: ["violations"] });
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id} at ${target.join(" ")}: ${failureSummary?.split("\n").slice(1).join("; ")}`),
    );
  }, runOnly);
}

/** What reaches beyond the window, so that it would have to be scrolled sideways. */
function wideThings(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return [];
    const wide = [...document.querySelectorAll("body *")].filter((each) => {
      const { left, right } = each.getBoundingClientRect();
      return left < -0.5 || right > clientWidth + 0.5;
    });
    return wide.map((each) => `sticks out of the window: ${each.outerHTML.slice(0, 120)}`);
  });
}
