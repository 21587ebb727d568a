// What a plain browser shows: the fake agent, in the state that the address names.

import type { Start } from ".";
import { FakeAgent } from "./fake";
import { scene } from "./scenes";

export function startFromAddress(search: string): Start {
  const asked = new URLSearchParams(search);
  if (asked.get("text") === "200") document.documentElement.classList.add("text-200");
  const shown = scene(asked.get("state") ?? "welcome") ?? scene("welcome")!;
  return { agent: new FakeAgent(shown), opening: shown.opening };
}
