// Takes a picture of each main state in the real window: light and dark, at 100 and 200 % text, left to right and right
// to left. All go to test-results/screens/, small ones of all to tests/screens/kept/, and those that the README and the
// guides show to docs/pictures/.
// Usage: run.mjs [--compare] [light | dark | light-200 | dark-200 | light-de | dark-ar | dark-200-ar …]
// With --compare nothing is made anew, and whatever is built otherwise than in tests/screens/kept fails.

import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { root } from "../e2e/harness/binary.mjs";
import { run } from "../e2e/harness/process.mjs";
import { startStage } from "../e2e/harness/stage.mjs";
import { KEPT, differs, keep, sign } from "./compare.mjs";
import { STAGE, VARIANTS, photograph } from "./photograph.mjs";

const SMALL = ["-define", "png:compression-level=9"];
const IN_README = /^(?:(?:welcome|permissions|waiting|account|tested|needs-reconnect)-(?:light|dark)|account-light-200)\.png$/;
const IN_GUIDES = /^(?:welcome|client-file|permissions|waiting|account|question|programs|needs-reconnect|disconnect)-light(?:-de)?\.png$/;

const taken = join(root, "test-results/screens");
const shown = join(root, "docs/pictures");
const words = process.argv.slice(2);
const compare = words.includes("--compare");
const wanted = words.filter((word) => word !== "--compare");
/** What is built otherwise than what is kept. */
const changed = [];
rmSync(taken, { recursive: true, force: true });
for (const folder of [taken, KEPT, shown]) mkdirSync(folder, { recursive: true });

const stage = await startStage(STAGE);
try {
  for (const variant of wanted.length > 0 ? wanted : Object.keys(VARIANTS)) {
    await photograph(stage, variant, taken, compare ? hold : publish);
  }
} finally {
  await stage.stop();
}

if (!compare && wanted.length === 0) await sign();
if (changed.length > 0) {
  console.error(`Otherwise than in tests/screens/kept: ${changed.join(", ")}. See test-results/screens; if it is meant, make screens takes them anew.`);
  process.exit(1);
}

async function hold(name, file) {
  console.log(name);
  if (await differs(file, name)) changed.push(name);
}

async function publish(name, file) {
  console.log(name);
  await keep(file, name);
  if (!IN_README.test(name) && !IN_GUIDES.test(name)) return;
  await run("convert", [file, "-strip", "-colors", "255", "-dither", "None", ...SMALL, join(shown, name)]);
}
