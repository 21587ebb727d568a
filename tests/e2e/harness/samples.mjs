// The samples of a page, as files that run: code blocks whose first line says so, ```python run.

import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, readFileSync, realpathSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./binary.mjs";

const BLOCK = /^```(\w+) run\n(.*?)^```$/gms;

/** How each language is run, by the first line of its file. */
const KINDS = {
  sh: { ending: "sh", interpreter: () => realpathSync("/bin/sh") },
  // Asked of Python itself: what is called python3 may only be a script that finds it.
  python: {
    ending: "py",
    interpreter: () => realpathSync(execFileSync("python3", ["-c", "import sys; print(sys.executable)"]).toString().trim()),
  },
  js: { ending: "mjs", interpreter: () => realpathSync(process.execPath) },
};

/** Writes the samples of a page into a folder: `{ language, path }` of each. */
export function writeSamples(page, folder) {
  mkdirSync(folder, { recursive: true });
  const blocks = [...readFileSync(join(root, page), "utf8").matchAll(BLOCK)];
  return blocks.map(([, language, text], number) => {
    const { ending, interpreter } = KINDS[language];
    const path = join(folder, `sample-${number + 1}.${ending}`);
    writeFileSync(path, `#!${interpreter()}\n${text}`);
    chmodSync(path, 0o755);
    return { language, path };
  });
}
