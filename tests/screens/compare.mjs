// Whether a picture of the real window is built otherwise than the one that is kept, leaving aside what its words say.

import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "../e2e/harness/process.mjs";

export const KEPT = new URL("kept/", import.meta.url).pathname;

/** Large enough to see what it is, small enough for the repository. */
const SMALL = ["-strip", "-resize", "25%", "-dither", "None", "-colors", "64", "-define", "png:compression-level=9"];
/** So soft that letters are grey lines: what is left are blocks, and where they stand. */
const SOFT = ["-colorspace", "Gray", "-resize", "50%", "-blur", "0x1"];
/** Squares of 8 × 8 in such a picture, 64 × 64 in the window: what is otherwise anywhere is not lost among all the rest. */
const SQUARES = ["-filter", "box", "-resize", "12.5%"];
/** From 0, the same, to 1, black beside white. One button more or less makes 0.07 in its square. */
const IN_A_SQUARE = 0.04;
/** The same for all of it: a colour that is a little otherwise everywhere. */
const IN_ALL = 0.015;

/** Which WebKitGTK drew them: another one draws buttons and lists of its own a little otherwise. */
const DRAWN_BY = join(KEPT, "drawn-by.txt");

/** All that are kept are drawn by the WebKitGTK that is here. */
export async function sign() {
  writeFileSync(DRAWN_BY, `${await webkit()}\n`);
}

/** Null where pictures of this computer can be held against those that are kept, else why not. */
export async function incomparable() {
  const [here, kept] = [await webkit(), readFileSync(DRAWN_BY, "utf8").trim()];
  return here === kept ? null : `the kept pictures were drawn by ${kept}, and here is ${here}`;
}

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
    const [worst, all] = await differences(now, before);
    return worst > IN_A_SQUARE || all > IN_ALL;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Such as `WebKitGTK 2.50`: what only mends it draws the same. */
async function webkit() {
  const { stdout } = await run("pkg-config", ["--modversion", "webkit2gtk-4.1"]);
  return `WebKitGTK ${stdout.trim().split(".").slice(0, 2).join(".")}`;
}

async function shrink(picture, file) {
  await run("convert", [picture, ...SMALL, file]);
}

async function soften(picture, file) {
  await run("convert", [picture, ...SOFT, file]);
}

/** Of the square that differs most, and of all of it; the root of the mean square of each. */
async function differences(now, before) {
  const squared = ["-compose", "difference", "-composite", "-evaluate", "pow", "2"];
  const { stdout } = await run("convert", [now, before, ...squared, ...SQUARES, "-format", "%[fx:sqrt(maxima)] %[fx:sqrt(mean)]", "info:"]);
  return stdout.split(" ").map(Number);
}

async function sizeOf(picture) {
  return (await run("identify", ["-format", "%wx%h", picture])).stdout.trim();
}
