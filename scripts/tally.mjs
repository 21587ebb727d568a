// Adds up what the four kinds of tests reported. Usage: tally.mjs FOLDER
// A kind that reported nothing counts as a failure: silence is not success.

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

const folder = process.argv[2];
const read = (name) => (existsSync(join(folder, name)) ? readFileSync(join(folder, name), "utf8") : "");
const sum = (matches) => matches.reduce((total, [, count]) => total + Number(count), 0);

const kinds = { Rust: rust(read("rust.log")), Window: vitest(read("ui.json")), Views: playwright(read("reach.json")), "Real program": own(read("e2e.json")) };

let passed = 0;
let failed = 0;
for (const [kind, count] of Object.entries(kinds)) {
  const silent = !count || count.passed + count.failed === 0;
  passed += count?.passed ?? 0;
  failed += silent ? 1 : count.failed;
  console.log(`${kind.padEnd(14)}${silent ? "reported nothing" : `${count.passed} passed, ${count.failed} failed`}`);
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);

function rust(log) {
  const plain = log.replace(/\x1b\[[0-9;]*m/g, "");
  const nextest = /tests run: (\d+) passed(?:.*?, (\d+) failed)?(?:.*?, (\d+) timed out)?/.exec(plain);
  const cargo = [...plain.matchAll(/^test result: .*? (\d+) passed; (\d+) failed/gm)];
  if (nextest) return { passed: Number(nextest[1]), failed: Number(nextest[2] ?? 0) + Number(nextest[3] ?? 0) };
  return { passed: sum(cargo), failed: sum(cargo.map(([, , count]) => [undefined, count])) + (/^error: could not compile/m.test(plain) ? 1 : 0) };
}

function vitest(text) {
  if (!text) return null;
  const { numPassedTests, numFailedTests } = JSON.parse(text);
  return { passed: numPassedTests, failed: numFailedTests };
}

function playwright(text) {
  if (!text) return null;
  const { expected, flaky, unexpected } = JSON.parse(text).stats;
  return { passed: expected + flaky, failed: unexpected };
}

function own(text) {
  return text ? JSON.parse(text) : null;
}
