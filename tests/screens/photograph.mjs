// Walks through the main states in the real window and takes a picture of each.

import { join } from "node:path";
import { bringToFront, ofSize, picture, pointAway } from "../e2e/harness/desktop.mjs";
import { openScene } from "../e2e/harness/scene.mjs";
import { pause, until } from "../e2e/harness/wait.mjs";
import { walk } from "./walk.mjs";

/** What a person's desktop tells the window: its theme, how much larger than usual text should be, and its language. */
export const VARIANTS = {
  light: {},
  dark: { GTK_THEME: "Adwaita:dark" },
  "light-200": { GDK_DPI_SCALE: "2" },
  "dark-200": { GTK_THEME: "Adwaita:dark", GDK_DPI_SCALE: "2" },
  "light-de": { LANG: "de_DE.UTF-8" },
  "dark-ar": { GTK_THEME: "Adwaita:dark", LANG: "ar_EG.UTF-8" },
  "dark-200-ar": { GTK_THEME: "Adwaita:dark", GDK_DPI_SCALE: "2", LANG: "ar_EG.UTF-8" },
};
/** A little taller than it first opens, so that an account fits with its results. */
const SIZE = [520, 900];
/** The one font that every view is drawn with in tests, so that another computer draws it the same. */
const FONTS = new URL("../../ui/test/reach/fonts.conf", import.meta.url).pathname;
/** The desktop that it fits on. */
export const STAGE = { size: "1280x1000" };

/** Calls `taken` with the name and the file of each picture, one after the other, all in `folder`. */
export async function photograph(stage, variant, folder, taken) {
  const env = { ...VARIANTS[variant], FONTCONFIG_FILE: FONTS };
  const scene = await openScene(stage);
  const start = async (options = {}) => {
    const app = await scene.start({ ...options, env, byScript: "GDK_DPI_SCALE" in env });
    await app.window.resize(...SIZE);
    return app;
  };
  try {
    await walk({ ...scene, start }, async (window, state, ...thing) => {
      const name = `${state}-${variant}.png`;
      const file = join(folder, name);
      const seen = await ofSize(stage.env, await window.execute(SIZED));
      const arranged = async () => {
        await bringToFront(stage.env, seen);
        await pointAway(stage.env, seen);
        return arrange(window, scene.profile.folder, ...thing);
      };
      const still = async () => {
        const at = await arranged();
        await pause(400);
        if (!(await window.execute(STILL))) return false;
        await picture(stage.env, seen, file);
        // Arranged once more, nothing of it would change.
        const after = await arranged();
        return (await window.execute(STILL)) && after.changed === 0 && after.y === at.y;
      };
      await until(`a moment in which nothing moves, for ${name}`, still, { within: 30_000 });
      await taken(name, file);
    });
  } finally {
    await scene.close();
  }
}

/**
 * The page's top, or with one thing in the middle, without news and without what drives it. How much had to be
 * changed for that, and where it then is, in pixels.
 */
async function arrange(window, home, id, where = {}) {
  const changed = await window.execute(AT_HOME, home);
  if (id) await window.bringToMiddle(id, where);
  else await window.execute(TO_THE_TOP);
  return { changed, y: await window.execute("return scrollY;") };
}

/** A picture shows a person's own folder, not that of this run, the same moment at all times, and not what drives it. */
const AT_HOME = `
  document.activeElement?.blur();
  const day = new Date(2026, 10, 22);
  const tags = [...navigator.languages.filter((tag) => tag !== "C"), document.documentElement.lang, "en-GB"];
  const days = tags.flatMap((tag) => [{ dateStyle: "long" }, { weekday: "long" }].map((how) => new Intl.DateTimeFormat(tag, how)));
  const time = /[\\d٠-٩]{1,2}:[\\d٠-٩]{2}(?:[–-][\\d٠-٩]{1,2}:[\\d٠-٩]{2}(?: Uhr)?)?/g;
  const settled = (text) => days
    .reduce((so, { format }) => so.replaceAll(format(Date.now()), format(day)), text.replaceAll(arguments[0], "/home/dora"))
    .replace(time, (was) => (/[٠-٩]/.test(was) ? "١٠:٠٩" : "10:09"));
  let changed = 0;
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const text = texts.currentNode;
    const so = settled(text.data);
    if (so === text.data) continue;
    text.data = so;
    changed += 1;
  }
  document.querySelector("[data-testid=question-chain]")?.setAttribute("hidden", "");
  for (const news of document.querySelectorAll("[data-testid=notice-dismiss]")) news.click();
  return changed;
`;
const SIZED = "return { width: outerWidth, height: outerHeight };";
/** What lies under a dialog stays where the dialog found it. */
const TO_THE_TOP = "if (document.querySelector('dialog[open]') === null) window.scrollTo(0, 0);";
/** All is there, nothing is at work, and nothing has the focus. */
const STILL = `
  const unready = "[aria-busy=true], [data-testid=account] button:disabled, [data-testid=notice-dismiss]";
  // Until a picture is read, initials stand for a person.
  const initials = [...document.querySelectorAll("[data-testid=account] .head > [class*=colour-]")];
  const seen = (each) => each.getBoundingClientRect().bottom > 0 && each.getBoundingClientRect().top < innerHeight;
  return document.fonts.status === "loaded" && document.querySelector(unready) === null && !initials.some(seen)
    && document.activeElement === document.body;
`;
