// Reads what a process keeps in memory: the last place a token could hide in the web view.

import { closeSync, openSync, readFileSync, readSync } from "node:fs";
import { findIn } from "./canary.mjs";
import { descendants } from "./family.mjs";

const PIECE = 8 << 20;
const OVERLAP = 256;
const PAGE = 4096;
const PAGES = 1 << 16;

/** Searches the private, writable memory of a process. Throws EACCES or EPERM where the system forbids it. */
export function findInMemory(pid, secrets = {}) {
  const found = [];
  let bytes = 0;
  const place = `memory of process ${pid}`;
  const memory = openSync(`/proc/${pid}/mem`, "r");
  try {
    for (const [from, to] of present(pid)) {
      for (let at = from; at < to; at += PIECE - OVERLAP) {
        const piece = Buffer.alloc(Math.min(PIECE, to - at));
        let length = 0;
        try {
          length = readSync(memory, piece, 0, piece.length, at);
        } catch {
          break; // Unmapped meanwhile.
        }
        bytes += length;
        const text = piece.subarray(0, length);
        found.push(...findIn(text.toString("latin1"), place, secrets));
        found.push(...findIn(text.toString("utf16le"), `${place} (wide)`, secrets));
        if (to - at <= PIECE) break;
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

/** Stretches of private, writable memory that hold something: an engine reserves far more than it fills. */
function* present(pid) {
  const map = openSync(`/proc/${pid}/pagemap`, "r");
  try {
    for (const [from, to] of filled(pid)) {
      let start = null;
      for (let at = from; at < to; at += PAGES * PAGE) {
        const entries = Buffer.alloc(Math.min(PAGES, (to - at) / PAGE) * 8);
        readSync(map, entries, 0, entries.length, (at / PAGE) * 8);
        for (let index = 0; index < entries.length / 8; index += 1) {
          // The highest bits: present in memory, or put out to disk.
          const here = (entries[index * 8 + 7] & 0xc0) !== 0;
          const page = at + index * PAGE;
          if (here && start === null) start = page;
          if (!here && start !== null) {
            yield [start, page];
            start = null;
          }
        }
      }
      if (start !== null) yield [start, to];
    }
  } finally {
    closeSync(map);
  }
}

/** Private, writable regions of which at least one page is in use. */
function filled(pid) {
  const regions = [];
  for (const line of readFileSync(`/proc/${pid}/smaps`, "utf8").split("\n")) {
    const head = /^([0-9a-f]+)-([0-9a-f]+) (....) /.exec(line);
    if (head) regions.push({ from: Number.parseInt(head[1], 16), to: Number.parseInt(head[2], 16), may: head[3], used: 0 });
    const used = /^(?:Rss|Swap): +(\d+) kB/.exec(line);
    if (used) regions.at(-1).used += Number(used[1]);
  }
  return regions.filter(({ may, used }) => may === "rw-p" && used > 0).map(({ from, to }) => [from, to]);
}
