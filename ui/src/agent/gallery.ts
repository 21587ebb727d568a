// What a plain browser shows: the fake agent, in the state and the language that the address names.

import type { Start } from ".";
import { languageOf, languages, speak } from "../language.svelte";
import type { Asker } from "./asker";
import { furnish } from "./desktop";
import { FakeAgent } from "./fake";
import { pretend } from "./pretended";
import { scene, type Scene } from "./scenes";

export async function startFromAddress(search: string): Promise<Start> {
  const shown = await sceneOf(search, "welcome");
  return { agent: new FakeAgent(shown), opening: shown.opening };
}

/** As above, for the window that asks. */
export async function askerFromAddress(search: string): Promise<Asker> {
  return new FakeAgent(await sceneOf(search, "question-several"));
}

async function sceneOf(search: string, otherwise: string): Promise<Scene> {
  const asked = new URLSearchParams(search);
  furnish(asked);
  const shown = scene(asked.get("state") ?? otherwise) ?? scene(otherwise)!;
  const tag = languageOf(search);
  await speak(tag);
  await pretend(tag);
  shown.snapshot.language = { spoken: tag, chosen: asked.has("lang") && languages.includes(tag) };
  return shown;
}
