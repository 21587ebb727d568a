// Takes a picture of each main state in the real window: light and dark, at 100 and 200 % text.
// All go to test-results/screens/; those the README and the guides show also to docs/pictures/, made small.
// Usage: run.mjs [--compare] [light | dark | light-200 | dark-200 | light-de]
// With --compare docs/pictures stays as it is, and whatever is built otherwise than there fails.

import { existsSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { root } from "../e2e/harness/binary.mjs";
import { run } from "../e2e/harness/process.mjs";
import { openScene } from "../e2e/harness/scene.mjs";
import { startStage } from "../e2e/harness/stage.mjs";
import { pause } from "../e2e/harness/wait.mjs";
import { difference } from "./compare.mjs";
import { walk } from "./walk.mjs";

/** What a person's desktop tells the window: its theme, how much larger than usual text should be, and its language. */
const VARIANTS = {
  light: {},
  dark: { GTK_THEME: "Adwaita:dark" },
  "light-200": { GDK_DPI_SCALE: "2" },
  "dark-200": { GTK_THEME: "Adwaita:dark", GDK_DPI_SCALE: "2" },
  "light-de": { LANG: "de_DE.UTF-8" },
};
/** A little taller than it first opens, so that an account fits with its results. */
const SIZE = [520, 900];
/** Times and dates differ from one run to the next by a tenth of this; a line more or less by twice as much. */
const TOLERANCE = 0.015;
const SMALL = ["-define", "png:compression-level=9"];
const IN_README = /^(?:(?:welcome|permissions|waiting|account|tested|needs-reconnect)-(?:light|dark)|account-light-200)\.png$/;
const IN_GUIDES = /^(?:welcome|client-file|permissions|waiting|account|question|programs|needs-reconnect|disconnect)-light(?:-de)?\.png$/;

const kept = join(root, "test-results/screens");
const shown = join(root, "docs/pictures");
const words = process.argv.slice(2);
const compare = words.includes("--compare");
const [wanted] = words.filter((word) => word !== "--compare");
/** What is built otherwise than in docs/pictures. */
const changed = [];
rmSync(kept, { recursive: true, force: true });
for (const folder of [kept, shown]) mkdirSync(folder, { recursive: true });

const stage = await startStage({ size: "1280x1000" });
try {
  for (const [variant, env] of Object.entries(VARIANTS).filter(([name]) => !wanted || name === wanted)) {
    const scene = await openScene(stage);
    const start = async (options = {}) => {
      const app = await scene.start({ ...options, env, byScript: "GDK_DPI_SCALE" in env });
      await app.window.resize(...SIZE);
      return app;
    };
    const dressed = { ...scene, start };
    try {
      await walk(dressed, (window, state, ...thing) => take(window, `${state}-${variant}.png`, ...thing));
    } finally {
      await scene.close();
    }
  }
} finally {
  await stage.stop();
}

if (changed.length > 0) {
  console.error(`Otherwise than in docs/pictures: ${changed.join(", ")}. See test-results/screens; if it is meant, make screens takes them anew.`);
  process.exit(1);
}

/** A picture of the page's top, or with one thing in the middle. */
async function take(window, name, id, where = {}) {
  // Let what moves come to rest, and let nothing look pressed or focused by the driver.
  await window.execute("document.activeElement?.blur(); window.scrollTo(0, 0); return document.fonts.ready.then(() => true);");
  if (id) await window.bringToMiddle(id, where);
  await pause(400);
  const file = await window.picture(join(kept, name));
  console.log(name);
  if (!IN_README.test(name) && !IN_GUIDES.test(name)) return;
  const there = join(shown, name);
  if (!compare) await run("convert", [file, "-strip", "-colors", "255", "-dither", "None", ...SMALL, there]);
  else if (!existsSync(there)) changed.push(`${name} is new`);
  else if ((await difference(file, there)) > TOLERANCE) changed.push(name);
}
