// Builds the scenes, serves them and walks through them.
// Usage: run.mjs [--update] [--whole] [words for playwright, as a file's or a test's name (-g)]
// --update takes anew what is compared with: the pictures and the trees of names and roles.
// --whole looks at every state on every desktop with axe, which takes some minutes more.

import { execFileSync, spawn } from "node:child_process";
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { build, preview } from "vite";

const ui = new URL("../..", import.meta.url).pathname;
process.chdir(ui);
const words = process.argv.slice(2);
const update = words.includes("--update");
const whole = words.includes("--whole");
const began = Date.now();

await build({ mode: "gallery", logLevel: "error" });
const server = await preview({ mode: "gallery", logLevel: "error", preview: { host: "127.0.0.1", port: 0, strictPort: false } });
try {
  const address = server.resolvedUrls.local[0];
  process.exitCode = await playwright(address, [
    ...words.filter((word) => !["--update", "--whole"].includes(word)),
    ...(update ? ["--update-snapshots=changed"] : ["--update-snapshots=none"]),
  ]);
  if (update) {
    shrink("test/reach/kept");
    // A colour that few points have may have gone: better noticed now than at the next comparison.
    process.exitCode ||= await playwright(address, ["pictures.spec", "--update-snapshots=none"]);
  }
} finally {
  await server.close();
}

/** Fewer colours than the eye or the comparison would miss, so that a picture stays small in the repository. */
function shrink(folder) {
  for (const name of readdirSync(folder).filter((each) => each.endsWith(".png"))) {
    const file = join(folder, name);
    if (statSync(file).mtimeMs < began) continue;
    execFileSync("convert", [file, "-strip", "-dither", "None", "-colors", "128", "-define", "png:compression-level=9", file]);
  }
}

function playwright(address, more) {
  const child = spawn("node_modules/.bin/playwright", ["test", "--config", "test/reach/playwright.config.mjs", ...more], {
    env: { ...process.env, EVERGRANT_REACH_ADDRESS: address, ...(whole && { EVERGRANT_REACH: "whole" }) },
    stdio: "inherit",
  });
  return new Promise((done) => child.on("close", (code) => done(code ?? 1)));
}
