// How many years of school the English sentences ask for (Flesch and Kincaid, 1975): at most eight over all, and no
// single sentence far above. Labels of a few words are left out of the second: they are no sentences, and one long
// word in them would count as if a text were full of such.

import { syllable } from "syllable";
import { english, report } from "./sentences.mjs";

const WHOLE = 8;
const SINGLE = 12;
const LABEL = 6;

/** Words that a person reads letter by letter, or that somebody else chose. */
const NAMES = /\{\w+\}|https?:\S+|\S*[_/]\S*|(?<!\S)--?[a-z][a-z-]*/g;

const wrong = [];
const all = { words: 0, sentences: 0, syllables: 0 };

for (const [key, text] of Object.entries(english)) {
  for (const sentence of text.split(/(?<=[.!?:;…])\s+/)) {
    const counted = count(sentence);
    if (counted.words === 0) continue;
    for (const what of Object.keys(all)) all[what] += counted[what];
    const years = grade(counted);
    if (counted.words >= LABEL && years > SINGLE) wrong.push(`${key}: grade ${years.toFixed(1)}, at most ${SINGLE}: “${sentence}”`);
  }
}
const whole = grade(all);
if (whole > WHOLE) wrong.push(`grade ${whole.toFixed(1)} over all, at most ${WHOLE}`);
report("en.json", wrong, `grade ${whole.toFixed(1)} over ${all.words} words.`);

function count(sentence) {
  const words = sentence.replace(NAMES, "Bob").match(/[\p{L}\p{N}][\p{L}\p{N}’.-]*/gu) ?? [];
  return { words: words.length, sentences: 1, syllables: words.reduce((sum, word) => sum + Math.max(1, syllable(word)), 0) };
}

function grade({ words, sentences, syllables }) {
  return 0.39 * (words / sentences) + 11.8 * (syllables / words) - 15.59;
}
