// What is kept of a test that failed: a picture of the screen, the page of each window, and every log.

import { cpSync, existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./binary.mjs";

export async function keepEvidence(stage, name, { folders = [], windows = [] } = {}) {
  const kept = join(root, "test-results", name.replace(/[^\w-]+/g, "-").toLowerCase());
  mkdirSync(kept, { recursive: true });
  await stage.picture(join(kept, "screen.png")).catch(() => {});
  for (const [index, window] of windows.entries()) {
    const page = await window.execute("return document.documentElement.outerHTML;").catch((error) => String(error));
    writeFileSync(join(kept, `window-${index + 1}.html`), page);
  }
  for (const folder of [stage.logs, ...folders].filter((path) => existsSync(path))) {
    cpSync(folder, join(kept, folder.slice(stage.folder.length + 1)), { recursive: true });
  }
  return kept;
}
