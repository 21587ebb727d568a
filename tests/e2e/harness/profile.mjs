// One person's folders on a stage, fresh for each test, with a browser of their own.

import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { installBrowser } from "./browser.mjs";
import { homes } from "./stage.mjs";

let count = 0;

export async function freshProfile(stage) {
  count += 1;
  const folder = join(stage.folder, `person-${count}`);
  const own = homes(join(folder, "home"));
  for (const path of Object.values(own)) mkdirSync(path, { recursive: true });
  const env = { ...stage.env, ...own };
  const logs = join(folder, "logs");
  mkdirSync(logs);
  // The browser's own files stay outside the home: its history holds what it was shown, which is its business.
  const browser = installBrowser({ env, folder: join(folder, "browser") });
  return { folder, env, logs, browser };
}
