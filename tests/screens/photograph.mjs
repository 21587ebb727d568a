// Walks through the main states in the real window and takes a picture of each.

import { join } from "node:path";
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
  "light-200-ar": { GDK_DPI_SCALE: "2", LANG: "ar_EG.UTF-8" },
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
      await rest(window, ...thing);
      await taken(name, await window.picture(join(folder, name)));
    });
  } finally {
    await scene.close();
  }
}

/** The page's top, or with one thing in the middle, once nothing moves or is at work any more. */
async function rest(window, id, where = {}) {
  await until("an end of all work", () => window.execute(IDLE));
  await window.letGo();
  if (id) await window.bringToMiddle(id, where);
  else await window.execute(TO_THE_TOP);
  await pause(400);
}

const IDLE = "return document.fonts.status === 'loaded' && document.querySelector('[aria-busy=true]') === null;";
/** What lies under a dialog stays where the dialog found it. */
const TO_THE_TOP = "if (document.querySelector('dialog[open]') === null) window.scrollTo(0, 0);";
