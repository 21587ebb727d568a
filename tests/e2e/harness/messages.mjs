// What the product says, in each language, for the tests that go by its words.

import { readFileSync, readdirSync } from "node:fs";

const FOLDER = new URL("../../../ui/messages/", import.meta.url);

/** The sentences of one language, by their keys. */
export const sentences = (language) => JSON.parse(readFileSync(new URL(`${language}.json`, FOLDER), "utf8"));

/** The short tags of all. */
export const languages = () =>
  readdirSync(FOLDER)
    .filter((file) => file.endsWith(".json"))
    .map((file) => file.replace(".json", ""));
