// What is kept of a test that failed: a picture of the screen and every log.

import { cpSync, existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { root } from "./binary.mjs";

export async function keepEvidence(stage, name, folders = []) {
  const kept = join(root, "test-results", name.replace(/[^\w-]+/g, "-").toLowerCase());
  mkdirSync(kept, { recursive: true });
  await stage.picture(join(kept, "screen.png")).catch(() => {});
  for (const folder of [stage.logs, ...folders].filter((path) => existsSync(path))) {
    cpSync(folder, join(kept, folder.slice(stage.folder.length + 1)), { recursive: true });
  }
  return kept;
}
