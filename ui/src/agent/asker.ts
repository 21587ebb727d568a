// The interface of the window that asks. It can do no more than hear the question and answer it,
// and the shell lets it do no more.

import type { Change, Decision, QuestionView } from "../bindings";
import type { Answer, Stop } from "./agent";

export interface Asker {
  question(): Promise<QuestionView | null>;
  answer(question: number, decision: Decision): Promise<Answer>;
  onChange(hear: (change: Change) => void): Promise<Stop>;
}

/** The real one inside Tauri and in all that is shipped, the fake one in a plain browser. */
export async function chooseAsker(): Promise<Asker> {
  if (import.meta.env.MODE === "production" || "__TAURI_INTERNALS__" in window) {
    return (await import("./tauri-asker")).tauriAsker;
  }
  return (await import("./gallery")).askerFromAddress(location.search);
}
