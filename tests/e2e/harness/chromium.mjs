// Where Chromium or Chrome is on this computer.

import { existsSync } from "node:fs";

/** As the system has it, or the one that playwright fetched, by its path. */
export function chromiumOr(fetched) {
  const named = process.env.EVERGRANT_TEST_CHROMIUM;
  const places = ["/usr/bin/chromium", "/usr/bin/google-chrome-stable", "/usr/bin/google-chrome", fetched];
  const found = [named, ...places].find((path) => path && existsSync(path));
  if (!found) throw new Error(`no Chromium found: looked at ${places.join(", ")} and EVERGRANT_TEST_CHROMIUM`);
  return found;
}
