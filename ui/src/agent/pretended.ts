// Languages that nobody speaks, made from English: to see what is cut off when sentences are longer, what stands on
// the wrong side when they run the other way, and what was never put among the sentences at all.

import { put, speak, speakAll, spoken, type Sentences } from "../language.svelte";

/** `en-XA` is longer and accented, in brackets; `ar` runs from right to left. */
export async function pretend(tag: string): Promise<void> {
  const change = tag === "en-XA" ? longer : tag.startsWith("ar") ? arabic : null;
  if (change === null) return;
  // A real translation, once there is one, is better than a pretended one.
  await speak(tag);
  if (spoken.tag === tag) return;
  await speak("en");
  await speakAll();
  put(tag, changed(spoken.sentences, change));
}

/** All sentences, changed but for their `{placeholders}`. */
export function changed(sentences: Sentences, change: (words: string) => string): Sentences {
  const entries = Object.entries(sentences).map(([key, text]) => [key, change(text)]);
  return Object.fromEntries(entries);
}

const PLAIN = "AaBbCcDdEeFfGgHhIiJjKkLlMmNnOoPpQqRrSsTtUuVvWwXxYyZz";
const ACCENTED = [..."ÅåƁƀÇçÐðÉéƑƒĜĝĤĥÎîĴĵĶķĻļṀṁÑñÖöÞþǪǫŔŕŠšŢţÛûṼṽŴŵẊẋÝýŽž"];
const ARABIC = [..."ااببتتددييففججههييججككللممننووبببقررسستتووففوواايززز"];

/** "Cancel" → "[Çåñçéļ ~~~]": at least as much longer as German or French is. */
export function longer(text: string): string {
  const more = "~".repeat(Math.ceil(lettersOf(text) * 0.4));
  return `[${replaced(text, ACCENTED)} ${more}]`;
}

/** Letters for letters: no meaning, but the width, the joints and the direction. */
export function arabic(text: string): string {
  return replaced(text, ARABIC);
}

function replaced(text: string, letters: readonly string[]): string {
  return text.replace(/\{\w+\}|[A-Za-z]/g, (found) => (found.length > 1 ? found : (letters[PLAIN.indexOf(found)] ?? found)));
}

function lettersOf(text: string): number {
  return text.replace(/\{\w+\}/g, "").length;
}
