// Picks the agent: the real one inside Tauri, the fake one in a plain browser.

import type { Agent } from "./agent";
import type { Opening } from "../state/place.svelte";

export type { Agent, Answer, Stop } from "./agent";

export interface Start {
  agent: Agent;
  /** Where a gallery address opens the window; nothing in the real one. */
  opening?: Opening;
}

export async function chooseAgent(): Promise<Start> {
  if ("__TAURI_INTERNALS__" in window) {
    return { agent: (await import("./tauri")).tauriAgent };
  }
  // A file of its own, so that the real window never loads it.
  return (await import("./gallery")).startFromAddress(location.search);
}
