// Where the build put a program. EVERGRANT_BUILD names another profile ("release").

import { existsSync } from "node:fs";
import { join } from "node:path";

export const root = new URL("../../..", import.meta.url).pathname;

export function binary(name, build = process.env.EVERGRANT_BUILD ?? "debug") {
  const path = join(process.env.CARGO_TARGET_DIR ?? join(root, "target"), build, name);
  if (!existsSync(path)) throw new Error(`${path} is not there: build first (make test does)`);
  return path;
}
