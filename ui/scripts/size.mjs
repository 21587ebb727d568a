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

// Nobody loads more than one language: the window is as large as it is in the largest.
const isLanguage = ({ name }) => name.startsWith("assets/words-");
const sum = (some) => some.reduce((total, { bytes }) => total + bytes, 0);
const spoken = files.filter(isLanguage);
const shell = sum(files.filter((file) => !isLanguage(file)));
const total = shell + Math.max(...spoken.map(({ bytes }) => bytes));

for (const { name, bytes } of files) console.log(`${kilobytes(bytes).padStart(9)}  ${name}`);
console.log(`${kilobytes(total).padStart(9)}  in all with one language, gzipped (budget ${kilobytes(BUDGET)})`);
if (spoken.length === 0 || total > BUDGET) {
  console.error(spoken.length === 0 ? "No language was found." : "The window outgrew its budget.");
  process.exit(1);
}

function kilobytes(bytes) {
  return `${(bytes / 1024).toFixed(1)} KB`;
}
