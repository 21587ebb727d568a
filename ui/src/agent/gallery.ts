// What a plain browser shows: the fake agent, in the state that the address names.

import type { Start } from ".";
import type { Asker } from "./asker";
import { FakeAgent } from "./fake";
import { scene, type Scene } from "./scenes";

export function startFromAddress(search: string): Start {
  const shown = sceneOf(search, "welcome");
  return { agent: new FakeAgent(shown), opening: shown.opening };
}

/** As above, for the window that asks. */
export function askerFromAddress(search: string): Asker {
  return new FakeAgent(sceneOf(search, "question-several"));
}

function sceneOf(search: string, otherwise: string): Scene {
  const asked = new URLSearchParams(search);
  if (asked.get("text") === "200") document.documentElement.classList.add("text-200");
  return scene(asked.get("state") ?? otherwise) ?? scene(otherwise)!;
}
