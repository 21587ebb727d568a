// What comes back from a press: what was asked for, or why not.

import type { Answer } from "./agent";
import type { FaultView } from "./bindings";

export type Settled<T> = { data: T; fault: null } | { data: null; fault: FaultView };

/** Waits for an answer; whatever goes wrong on the way is a fault too. */
export async function settle<T>(answer: Promise<Answer<T>>): Promise<Settled<T>> {
  try {
    const got = await answer;
    return got.status === "ok"
      ? { data: got.data, fault: null }
      : { data: null, fault: readFault(got.error) };
  } catch (error) {
    return { data: null, fault: unexpected(error) };
  }
}

/** A command that is not there answers with bare words instead of a fault. */
function readFault(error: FaultView): FaultView {
  return typeof error === "object" && error !== null && "code" in error ? error : unexpected(error);
}

function unexpected(error: unknown): FaultView {
  return { code: "unexpected", recovery: "tryAgain", detail: String(error) };
}
