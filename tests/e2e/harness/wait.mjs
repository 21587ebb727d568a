// Waiting with a bound: nothing in these tests waits for ever, and a wait that fails says for what.

import { setTimeout as pause } from "node:timers/promises";

export { pause };

/** Asks `probe` until it answers something true, and returns that. A throwing probe counts as "not yet". */
export async function until(what, probe, { within = 10_000, every = 25 } = {}) {
  const end = performance.now() + within;
  let last;
  for (;;) {
    try {
      const answer = await probe();
      if (answer) return answer;
      last = answer;
    } catch (error) {
      last = error;
    }
    if (performance.now() >= end) break;
    await pause(every);
  }
  const seen = last instanceof Error ? last.message : JSON.stringify(last);
  throw new Error(`waited ${within} ms for ${what}; last seen: ${seen}`);
}

/** Fails when `promise` takes longer than allowed. */
export async function bounded(what, promise, within) {
  const stop = new AbortController();
  const late = pause(within, undefined, { signal: stop.signal }).then(() => {
    throw new Error(`${what} took longer than ${within} ms`);
  });
  late.catch(() => {});
  try {
    return await Promise.race([promise, late]);
  } finally {
    stop.abort();
  }
}
