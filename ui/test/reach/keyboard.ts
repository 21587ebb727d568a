// A person with a keyboard and no mouse. Wherever Tab leads, the focus has to be seen and to follow the reading.

import { expect, type Page } from "@playwright/test";

/** Where the focus is, and how it shows. Lengths in CSS pixels, places from the top of the page. */
interface Stop {
  /** Its test id, else what it is. */
  name: string;
  /** The same element has the same number. */
  id: number;
  top: number;
  bottom: number;
  /** From where a line begins, whichever side that is. */
  start: number;
  end: number;
  /** The ring around it: its width, and its contrast with what lies around it; none is 0. */
  ring: { width: number; contrast: number };
  /** What lies over its middle, where something does. */
  covered: string | null;
  /** Stays where it is while the page scrolls, so that it has no place in the order of the page. */
  sticks: boolean;
}

/** WCAG 2.2, 1.4.11 and 2.4.13. */
const CONTRAST = 3;
const WIDTH = 2;
const ENOUGH = 200;

export class Keyboard {
  constructor(private readonly page: Page) {}

  /** Tab until the focus is there; every stop on the way is looked at. */
  async to(testid: string, { within, back = false }: { within?: string; back?: boolean } = {}): Promise<void> {
    const target = (within ? this.page.locator(within) : this.page).getByTestId(testid);
    const met: string[] = [];
    for (let step = 0; step < ENOUGH; step += 1) {
      const stop = await this.tab(back);
      if (stop === null) {
        if (met.includes("the end of the page")) break;
        met.push("the end of the page");
        continue;
      }
      met.push(stop.name);
      if (await target.evaluateAll((all) => all.some((each) => each === document.activeElement))) return;
    }
    throw new Error(`Tab does not lead to ${testid}, only to ${met.join(", ")}`);
  }

  async press(key: "Enter" | "Space" | "Escape" | "ArrowDown" | "ArrowUp"): Promise<void> {
    await this.page.keyboard.press(key);
  }

  /** One press of Tab; where it led, or null at the end of the page. */
  async tab(back = false): Promise<Stop | null> {
    await this.page.keyboard.press(back ? "Shift+Tab" : "Tab");
    const stop = await this.page.evaluate(lookAtFocus);
    if (stop !== null) {
      expect.soft(stop.ring.width, `${stop.name}: the ring of the focus`).toBeGreaterThanOrEqual(WIDTH);
      expect.soft(stop.ring.contrast, `${stop.name}: the contrast of that ring`).toBeGreaterThanOrEqual(CONTRAST);
      expect.soft(stop.covered, `${stop.name}: something lies over it`).toBeNull();
    }
    return stop;
  }

  /** Once through all of it, wherever the focus is, in order from the start of the page or of the dialog over it. */
  async tour(): Promise<Stop[]> {
    const stops: Stop[] = [];
    let first: number | undefined;
    for (let step = 0; step < ENOUGH; step += 1) {
      const stop = await this.tab();
      if (stop === null) first ??= stops.length;
      else if (stops.some(({ id }) => id === stop.id)) break;
      else stops.push(stop);
    }
    // Where nothing says that the page began anew, it began at what stands first.
    first ??= stops.findIndex((each) => stops.every((other) => each.top <= other.top));
    return [...stops.slice(first), ...stops.slice(0, first)];
  }
}

/** The places where the order of Tab leaves the order of reading. */
export function jumps(stops: Stop[]): string[] {
  const inPage = stops.filter(({ sticks }) => !sticks);
  return inPage.slice(1).flatMap((next, index) => {
    const before = inPage[index]!;
    const above = next.bottom <= before.top + 1;
    const sameLine = next.top < before.bottom - 1 && before.top < next.bottom - 1;
    const backwards = sameLine && next.end <= before.start + 1;
    return above || backwards ? [`from ${before.name} back to ${next.name}`] : [];
  });
}

/** Everything that can be pressed, ticked or typed into without a mouse, in the page or in the dialog over it. */
export function reachable(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const dialog = [...document.querySelectorAll<HTMLElement>("dialog[open]")].at(-1);
    const root = dialog ?? document;
    const all = [...root.querySelectorAll<HTMLElement>("button, input, textarea, select, a[href], summary, [tabindex='0']")];
    const usable = all.filter((each) => !each.matches(":disabled") && each.checkVisibility() && each.tabIndex >= 0);
    // A dialog taller than the window is scrolled with the arrows, so it takes the focus itself.
    if (dialog !== undefined && dialog.scrollHeight > dialog.clientHeight) usable.push(dialog);
    // Of a set of radio buttons Tab leads to the one that is chosen.
    return usable
      .filter((each) => !(each instanceof HTMLInputElement) || each.type !== "radio" || each.checked)
      .map((each) => each.dataset.testid ?? each.closest<HTMLElement>("[data-testid]")?.dataset.testid ?? each.tagName);
  });
}

/** Runs in the page, so that it holds all that it needs. */
function lookAtFocus(): Stop | null {
  const node = document.activeElement as HTMLElement | null;
  if (node === null || node === document.body || node === document.documentElement) return null;
  const counted = ((globalThis as { stops?: HTMLElement[] }).stops ??= []);
  if (!counted.includes(node)) counted.push(node);

  // Where a whole card is the control, the card wears the ring.
  let ringed: HTMLElement | null = node;
  if (getComputedStyle(node).outlineStyle === "none") ringed = node.closest("label");
  const style = ringed && getComputedStyle(ringed);
  const ring = { width: 0, contrast: 0 };
  if (ringed !== null && style !== null && style.outlineStyle !== "none") {
    ring.width = parseFloat(style.outlineWidth);
    ring.contrast = contrast(rgb(style.outlineColor), groundOf(ringed.parentElement));
  }

  const box = node.getBoundingClientRect();
  const over = document.elementFromPoint(box.left + box.width / 2, box.top + Math.min(box.height / 2, innerHeight / 2));
  const card = node.closest("label") ?? node;
  const covered = over === null ? "it is out of sight" : card.contains(over) || over.contains(node) ? null : over.outerHTML.slice(0, 80);
  const rtl = getComputedStyle(document.documentElement).direction === "rtl";
  let sticks = false;
  // How far the page and the dialog over it are scrolled, which moves what is in them and not themselves.
  let scrolled = scrollY;
  for (let each: Element | null = node; each !== null; each = each.parentElement) {
    if (each !== document.documentElement && each !== node) scrolled += each.scrollTop;
    sticks ||= ["sticky", "fixed"].includes(getComputedStyle(each).position) && !each.matches("dialog");
  }
  return {
    name: node.dataset.testid ?? node.closest<HTMLElement>("[data-testid]")?.dataset.testid ?? node.tagName,
    id: counted.indexOf(node),
    top: box.top + scrolled,
    bottom: box.bottom + scrolled,
    start: rtl ? -box.right : box.left,
    end: rtl ? -box.left : box.right,
    ring,
    covered,
    sticks,
  };

  function rgb(colour: string): [number, number, number, number] {
    const [r = 0, g = 0, b = 0, a = 1] = (colour.match(/[\d.]+/g) ?? []).map(Number);
    return [r, g, b, a];
  }

  /** The colour behind an element: the first around it that is no glass. */
  function groundOf(around: Element | null): [number, number, number, number] {
    for (let each = around; each !== null; each = each.parentElement) {
      const colour = rgb(getComputedStyle(each).backgroundColor);
      if (colour[3] === 1) return colour;
    }
    return [255, 255, 255, 1];
  }

  /** WCAG 2.2, "contrast ratio". */
  function contrast(one: number[], other: number[]): number {
    const [bright = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
    return (bright + 0.05) / (dark + 0.05);
  }

  function luminance([r = 0, g = 0, b = 0]: number[]): number {
    const [red, green, blue] = [r, g, b].map((part) => (part <= 10 ? part / 3_294 : ((part / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
  }
}
