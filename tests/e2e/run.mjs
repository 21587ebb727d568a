// Runs the end-to-end tests, three files at a time, and leaves their count in test-results/e2e.json.
// Usage: run.mjs [part of a file's name] [part of a test's name]

import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "node:test";
import { root } from "./harness/binary.mjs";

/** For a whole file, on a slow machine. */
const FILE_TIMEOUT = 600_000;
/** Each file has a desktop of its own, and most of a test is waiting. */
const AT_ONCE = 3;

const [fileWanted = "", testWanted] = process.argv.slice(2);
const here = new URL(".", import.meta.url).pathname;
const files = readdirSync(here)
  .filter((name) => name.endsWith(".test.mjs") && name.includes(fileWanted))
  .map((name) => join(here, name));

const counts = { passed: 0, failed: 0 };
const failures = [];
const began = performance.now();
const stream = run({ files, concurrency: AT_ONCE, forceExit: true, timeout: FILE_TIMEOUT, testNamePatterns: testWanted && [testWanted] });
stream.on("test:pass", (event) => count(event, "passed", "ok "));
stream.on("test:fail", (event) => count(event, "failed", "NOT OK"));
// What a test has to say; what the runner says of itself belongs to no file.
stream.on("test:diagnostic", ({ message, file }) => file && console.log(`    ${message}`));
stream.on("test:stdout", ({ message }) => process.stdout.write(message));
stream.on("test:stderr", ({ message }) => process.stderr.write(message));
for await (const event of stream) void event;

for (const { name, error } of failures) console.log(`\n${name}\n  ${error.split("\n").join("\n  ")}`);
console.log(`${counts.passed} passed, ${counts.failed} failed in ${Math.round((performance.now() - began) / 1000)} s`);
const results = join(root, "test-results");
mkdirSync(results, { recursive: true });
writeFileSync(join(results, "e2e.json"), JSON.stringify(counts));
process.exit(counts.failed === 0 && counts.passed > 0 ? 0 : 1);

function count({ name, file, skip, details }, what, mark) {
  if (skip !== undefined || details.type === "suite") return;
  // A file is reported like a test: it counts only when it failed as a whole.
  if (name === file || files.includes(name)) {
    if (what === "passed" || details.error?.failureType === "subtestsFailed") return;
  }
  counts[what] += 1;
  console.log(`${mark} ${name} (${(details.duration_ms / 1000).toFixed(1)} s)`);
  if (what === "failed") failures.push({ name, error: String(details.error?.cause?.stack ?? details.error?.message) });
}
