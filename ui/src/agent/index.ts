// Picks the agent: the real one inside Tauri, the fake one in a plain browser. What is shipped knows no fake.

import type { Agent } from "./agent";
import type { Opening } from "../state/place.svelte";

export type { Agent, Answer, Stop } from "./agent";

export interface Start {
  agent: Agent;
  /** Where a gallery address opens the window; nothing in the real one. */
  opening?: Opening;
}

export async function chooseAgent(): Promise<Start> {
  if (import.meta.env.MODE === "production" || "__TAURI_INTERNALS__" in window) {
    return { agent: (await import("./tauri")).tauriAgent };
  }
  return (await import("./gallery")).startFromAddress(location.search);
}
