// Holds every language to English: the same sentences with the same placeholders, each form of its own numbers, no
// jargon, and nothing left untranslated. Part of the build, so that nobody meets a hole.

import { QUOTED, unplain } from "./plain.mjs";
import { english, formsOf, languages, placeholders, placeholdersOf, report, sentences, twice, written } from "./sentences.mjs";

/** Sentences of this many words are not the same in two languages by chance. */
const BY_CHANCE = 4;

for (const tag of languages) {
  const text = written(tag);
  const own = JSON.parse(text);
  const wrong = twice(text).map((key) => `${key}: stands twice`);
  const forms = formsOf(tag);
  const wanted = new Set();

  for (const [name, sentence] of sentences) {
    const keys = sentence.counted ? forms.map((form) => `${name}.${form}`) : [name];
    for (const key of keys) {
      wanted.add(key);
      if (!(key in own)) wrong.push(`${key}: missing`);
      else wrong.push(...differences(key, own[key], sentence), ...unwritten(tag, key, own[key]));
    }
  }
  for (const key of Object.keys(own)) if (!wanted.has(key)) wrong.push(`${key}: nothing says it in this language`);
  report(`messages/${tag}.json`, wrong, `whole, with ${forms.join(", ")} of what is counted.`);
}

/** A form for one or two may say its number in words. */
function* differences(key, text, sentence) {
  const wanted = placeholdersOf(sentence);
  const held = placeholders(text);
  const inWords = sentence.counted && /\.(?:zero|one|two)$/.test(key);
  for (const name of wanted.filter((each) => !held.includes(each))) {
    if (name !== "count" || !inWords) yield `${key}: {${name}} is not said`;
  }
  for (const name of held.filter((each) => !wanted.includes(each))) yield `${key}: nobody passes {${name}}`;
}

function* unwritten(tag, key, text) {
  const fault = unplain(tag, key, text);
  if (fault !== null) yield `${key}: ${fault}`;
  const same = tag !== "en" && text === english[key] && text.split(/\s+/).length >= BY_CHANCE;
  // What Google shows may be English whatever the person speaks.
  if (same && !QUOTED.test(key)) yield `${key}: not translated`;
}
