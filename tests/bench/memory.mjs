// What a program and all it started take: each page shared among processes is counted in parts (PSS).

import { readFileSync } from "node:fs";
import { descendants } from "../e2e/harness/family.mjs";

/** Megabytes, or null where the system does not let us look (the product forbids it to other users). */
export function megabytes(pid) {
  try {
    const kilobytes = [pid, ...descendants(pid)].map((id) => {
      const rollup = readFileSync(`/proc/${id}/smaps_rollup`, "utf8");
      return Number(/^Pss:\s+(\d+) kB/m.exec(rollup)[1]);
    });
    return kilobytes.reduce((sum, one) => sum + one, 0) / 1024;
  } catch (error) {
    if (["EACCES", "EPERM"].includes(error.code)) return null;
    throw error;
  }
}
