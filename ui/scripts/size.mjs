// Says how large the window is, and fails when it outgrows its budget.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

const BUDGET = 80 * 1024;
const dist = new URL("../dist/", import.meta.url).pathname;

const files = readdirSync(dist, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath, entry.name))
  .map((path) => ({ name: path.slice(dist.length), bytes: gzipSync(readFileSync(path)).length }))
  .sort((a, b) => b.bytes - a.bytes);

const total = files.reduce((sum, { bytes }) => sum + bytes, 0);
for (const { name, bytes } of files) console.log(`${kilobytes(bytes).padStart(9)}  ${name}`);
console.log(`${kilobytes(total).padStart(9)}  in all, gzipped (budget ${kilobytes(BUDGET)})`);
if (total > BUDGET) {
  console.error("The window outgrew its budget.");
  process.exit(1);
}

function kilobytes(bytes) {
  return `${(bytes / 1024).toFixed(1)} KB`;
}
