// Says how large the window is, and fails when what it loads at its start outgrows the budget: its page with all that
// comes along, and one language. A view that is loaded only when it is opened is said apart.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

const BUDGET = 80 * 1024;
/** The window, and the small one that asks whether a program may have access. */
const PAGES = ["index.html", "question.html"];
const dist = new URL("../dist/", import.meta.url).pathname;
const views = readdirSync(new URL("../src/views/", import.meta.url)).map((name) => name.replace(".svelte", ""));

const files = readdirSync(dist, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath, entry.name))
  .map((path) => ({ name: path.slice(dist.length), bytes: gzipSync(readFileSync(path)).length }))
  .sort((a, b) => b.bytes - a.bytes);

// Nobody loads more than one language: a page is as large as it is in the largest.
const isLanguage = ({ name }) => /^assets\/messages-(?!later-)/.test(name);
const sum = (some) => some.reduce((total, { bytes }) => total + bytes, 0);
const spoken = files.filter(isLanguage);
const language = Math.max(0, ...spoken.map(({ bytes }) => bytes));
const isLater = ({ name }) => /^assets\/(messages-later-|walk\.|WaitingAccounts-)/.test(name) || views.some((view) => name.startsWith(`assets/${view}-`));
const starts = PAGES.map((page) => ({ page, own: cameAlong(page) }));
const later = files.filter(isLater);

for (const { name, bytes } of files) print(bytes, name);
console.log();
const totals = starts.map(({ page, own }) => ({ page, bytes: language + sum(files.filter(({ name }) => own.includes(name))) }));
for (const { page, bytes } of totals) print(bytes, `${page} at its start with one language, gzipped (budget ${kilobytes(BUDGET)})`);
print(sum(later), `loaded when it is opened: ${later.map(({ name }) => name).join(", ") || "nothing"}`);

const counted = new Set(starts.flatMap(({ own }) => own));
const wrong = [
  ...files.filter((file) => !counted.has(file.name) && !isLanguage(file) && !isLater(file)).map(({ name }) => `Nothing loads ${name}.`),
  ...(spoken.length === 0 ? ["No language was found."] : []),
  // A page always has its script and its style; if none is seen here, they would go uncounted.
  ...starts.filter(({ own }) => own.length < 3).map(({ page }) => `Nothing was found that ${page} loads.`),
  ...totals.filter(({ bytes }) => bytes > BUDGET).map(({ page }) => `${page} outgrew its budget.`),
];
for (const each of wrong) console.error(each);
if (wrong.length > 0) process.exit(1);

/** A page, what is named in it, and what is named in these. */
function cameAlong(page) {
  const found = [page];
  for (const each of found) {
    const text = readFileSync(join(dist, each), "utf8");
    const named = files.filter(({ name }) => name.startsWith("assets/") && text.includes(name.slice("assets/".length)));
    found.push(...named.filter((file) => !isLanguage(file) && !isLater(file) && !found.includes(file.name)).map(({ name }) => name));
  }
  return found;
}

function print(bytes, words) {
  console.log(`${kilobytes(bytes).padStart(9)}  ${words}`);
}

function kilobytes(bytes) {
  return `${(bytes / 1024).toFixed(1)} KB`;
}
