// How much two pictures of the real window differ in how they are built, leaving aside what their words say.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "../e2e/harness/process.mjs";

/** So small and soft that letters are grey lines: what is left are blocks, and where they stand. */
const SOFT = ["-colorspace", "Gray", "-resize", "12.5%", "-blur", "0x1"];

/** From 0, the same, to 1, black beside white; 1 also where the sizes differ. */
export async function difference(one, other) {
  const folder = mkdtempSync(join(tmpdir(), "evergrant-compare-"));
  try {
    const [first, second] = await Promise.all([one, other].map((picture, index) => soften(picture, join(folder, `${index}.png`))));
    if (first.size !== second.size) return 1;
    const { stdout } = await run("convert", [first.file, second.file, "-metric", "RMSE", "-compare", "-format", "%[distortion]", "info:"]);
    return Number(stdout);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function soften(picture, file) {
  await run("convert", [picture, ...SOFT, file]);
  const { stdout } = await run("identify", ["-format", "%wx%h", picture]);
  return { file, size: stdout.trim() };
}
