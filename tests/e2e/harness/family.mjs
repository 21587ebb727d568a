// Who started whom.

import { readFileSync, readdirSync } from "node:fs";

/** Ids of all living processes but this one. */
export function processes() {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => pid !== process.pid);
}

/** All living descendants of a process. */
export function descendants(pid) {
  const children = new Map();
  for (const child of processes()) {
    const parent = parentOf(child);
    children.set(parent, [...(children.get(parent) ?? []), child]);
  }
  const below = (parent) => (children.get(parent) ?? []).flatMap((child) => [child, ...below(child)]);
  return below(pid);
}

function parentOf(pid) {
  try {
    // The command may hold spaces and brackets; the parent is the second word after the last bracket.
    return Number(readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1).split(" ")[1]);
  } catch {
    return null; // Ended meanwhile.
  }
}
