// What the checks know of messages/: its files, and which of their keys are forms of one sentence.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

export const ui = new URL("..", import.meta.url).pathname;
const folder = join(ui, "messages");

/** Tags of all languages that have a file. */
export const languages = readdirSync(folder)
  .filter((name) => name.endsWith(".json"))
  .map((name) => name.slice(0, -".json".length));

export function written(tag) {
  return readFileSync(join(folder, `${tag}.json`), "utf8");
}

export const english = JSON.parse(written("en"));

/** Keys that stand twice; only the last sentence of such a key would be read. */
export function twice(text) {
  const keys = [...text.matchAll(/^\s*"([^"]+)":/gm)].map(([, key]) => key);
  return keys.filter((key, index) => keys.indexOf(key) < index);
}

/** The sentences of English by what is said, with all their forms: a sentence that holds a number has several. */
export const sentences = new Map();
for (const [key, text] of Object.entries(english)) {
  const [, sentence] = key.match(/^(.+)\.(?:one|other)$/) ?? [];
  const counted = sentence !== undefined && `${sentence}.other` in english;
  const name = counted ? sentence : key;
  const known = sentences.get(name);
  sentences.set(name, { counted, forms: { ...known?.forms, [key]: text } });
}

/** The names in braces that some form of a sentence holds. */
export function placeholdersOf({ forms }) {
  return [...new Set(Object.values(forms).flatMap(placeholders))];
}

export function placeholders(text) {
  return [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
}

/** The forms that a language has for numbers, by the Unicode CLDR. */
export function formsOf(tag) {
  return new Intl.PluralRules(tag).resolvedOptions().pluralCategories;
}

/** Says what is wrong and ends, or says that all is well. */
export function report(where, wrong, well) {
  for (const each of wrong) console.error(`${where}: ${each}`);
  if (wrong.length > 0) process.exit(1);
  console.log(`${where}: ${well}`);
}
