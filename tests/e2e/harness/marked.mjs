// Finds what a stage started, however deep and however detached, by the mark in its environment.

import { readFileSync, readdirSync } from "node:fs";

const NAME = "EVERGRANT_STAGE";

/** The environment entry every process of a stage inherits. */
export const mark = (id) => ({ [NAME]: id });

/** Ids of the living processes that carry the mark. */
export function marked(id) {
  const wanted = `${NAME}=${id}`;
  return processes().filter((pid) => {
    try {
      return readFileSync(`/proc/${pid}/environ`, "latin1").split("\0").includes(wanted);
    } catch {
      return false; // Ended meanwhile, or somebody else's.
    }
  });
}

/** Ends them all, at once. */
export function endMarked(id) {
  for (const pid of marked(id)) {
    try {
      process.kill(pid, "SIGKILL");
    } catch {
      // Ended meanwhile.
    }
  }
}

function processes() {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => pid !== process.pid);
}
