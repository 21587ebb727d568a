// Finds what a stage started, however deep and however detached, by the mark in its environment.

import { readFileSync } from "node:fs";
import { descendants, processes } from "./family.mjs";
import { signal } from "./signal.mjs";

const NAME = "EVERGRANT_STAGE";

/** The environment entry every process of a stage inherits. */
export const mark = (id) => ({ [NAME]: id });

/** The entries of a process's environment; of one that has ended and waits to be collected there are none. */
export const environment = (pid) => readFileSync(`/proc/${pid}/environ`, "latin1").split("\0");

/** Ids of the living processes that carry the mark. */
export function marked(id) {
  const wanted = `${NAME}=${id}`;
  return processes().filter((pid) => {
    try {
      return environment(pid).includes(wanted);
    } catch {
      return false; // Ended meanwhile, or somebody else's.
    }
  });
}

/** Ends them all. Looks again until none is left: one may have been born while the others were ended. */
export function endMarked(id) {
  for (let round = 0; round < 20; round += 1) {
    const left = marked(id);
    if (left.length === 0) return;
    // A browser's inner processes write their title over their environment: they go with their parents.
    endAll(new Set(left.flatMap((parent) => [parent, ...descendants(parent)])));
  }
}

/** Ends everything this process has started and not yet ended. */
export const endDescendants = () => endAll(descendants(process.pid));

function endAll(pids) {
  for (const pid of pids) {
    try {
      signal(pid, "SIGKILL");
    } catch {
      // Somebody else's.
    }
  }
}
