// Whether a picture of the real window is built otherwise than the one that is kept, leaving aside what its words say.

import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "../e2e/harness/process.mjs";

export const KEPT = new URL("kept/", import.meta.url).pathname;

/** Large enough to see what it is, small enough for the repository. */
const SMALL = ["-strip", "-resize", "25%", "-dither", "None", "-colors", "64", "-define", "png:compression-level=9"];
/** So soft that letters are grey lines: what is left are blocks, and where they stand. */
const SOFT = ["-colorspace", "Gray", "-resize", "50%", "-blur", "0x1"];
/**
 * From 0, the same, to 1, black beside white. Times and dates differ from one run to the next by a tenth of this; a line
 * more or less by twice as much.
 */
const TOLERANCE = 0.015;

/** Keeps a picture, to be compared with. */
export async function keep(picture, name) {
  await shrink(picture, join(KEPT, name));
}

/** One that is new, or of another size, differs too. */
export async function differs(picture, name) {
  const kept = join(KEPT, name);
  if (!existsSync(kept)) return true;
  const folder = mkdtempSync(join(tmpdir(), "evergrant-compare-"));
  try {
    const [now, before] = ["now.png", "before.png"].map((file) => join(folder, file));
    await shrink(picture, now);
    if ((await sizeOf(now)) !== (await sizeOf(kept))) return true;
    await Promise.all([soften(now, now), soften(kept, before)]);
    const { stdout } = await run("convert", [now, before, "-metric", "RMSE", "-compare", "-format", "%[distortion]", "info:"]);
    return Number(stdout) > TOLERANCE;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function shrink(picture, file) {
  await run("convert", [picture, ...SMALL, file]);
}

async function soften(picture, file) {
  await run("convert", [picture, ...SOFT, file]);
}

async function sizeOf(picture) {
  return (await run("identify", ["-format", "%wx%h", picture])).stdout.trim();
}
