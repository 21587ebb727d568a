// Reads what a process keeps in memory: the last place a token could hide in the web view.

import { closeSync, openSync, readFileSync, readSync } from "node:fs";
import { findIn } from "./canary.mjs";
import { descendants } from "./family.mjs";

const PIECE = 8 << 20;
const OVERLAP = 256;

/** Searches the private, writable memory of a process. Throws EACCES or EPERM where the system forbids it. */
export function findInMemory(pid, secrets = {}) {
  const found = [];
  let bytes = 0;
  const memory = openSync(`/proc/${pid}/mem`, "r");
  try {
    for (const [from, to] of regions(pid)) {
      for (let at = from; at < to; at += PIECE - OVERLAP) {
        const piece = Buffer.alloc(Math.min(PIECE, to - at));
        let length = 0;
        try {
          length = readSync(memory, piece, 0, piece.length, at);
        } catch {
          break; // Unmapped meanwhile, or a guard page.
        }
        bytes += length;
        const text = piece.subarray(0, length);
        const place = `memory of process ${pid}`;
        found.push(...findIn(text.toString("latin1"), place, secrets));
        found.push(...findIn(text.toString("utf16le"), `${place} (wide)`, secrets));
        if (length < piece.length) break;
      }
    }
  } finally {
    closeSync(memory);
  }
  return { found, bytes };
}

/** Process ids of the web view's own processes below `pid`. */
export function webProcesses(pid) {
  return descendants(pid).filter((child) => commandOf(child).includes("WebKitWebProcess"));
}

const commandOf = (pid) => {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8");
  } catch {
    return "";
  }
};

function regions(pid) {
  return readFileSync(`/proc/${pid}/maps`, "utf8")
    .split("\n")
    .map((line) => /^([0-9a-f]+)-([0-9a-f]+) rw-p /.exec(line))
    .filter(Boolean)
    .map(([, from, to]) => [Number.parseInt(from, 16), Number.parseInt(to, 16)])
    .filter(([, to]) => Number.isSafeInteger(to));
}
