// Holds messages/en.json to its promises: every sentence is used, every placeholder is passed, no jargon. What the
// other languages promise is checked by check-languages.mjs.
// Keys are looked for in the window, in the steps and in the Rust side, whole ("tray.open") or by pattern ("fault.{code}.what").

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { unplain } from "./plain.mjs";
import { english, placeholdersOf, report, sentences, twice, ui, written } from "./sentences.mjs";

const keys = [...sentences.keys()];
const wrong = [];

const ours = sources(join(ui, "src"), /\.(ts|svelte)$/);
const steps = sources(join(ui, "steps"), /\.json$/);
const theirs = sources(join(ui, "../src-tauri"), /\.rs$/);

for (const key of twice(written("en"))) wrong.push(`${key}: stands twice`);
checkUse();
checkPlaceholders();
checkFaults();
checkWriting();
report("messages/en.json", wrong, `${keys.length} sentences, all used, all plain.`);

/** A key that nothing says is a sentence that nobody reads. */
function checkUse() {
  const literals = [...ours, ...steps, ...theirs].flatMap(({ text }) => patternsIn(text));
  const whole = new Set(literals.filter((each) => typeof each === "string"));
  const patterns = literals.filter((each) => typeof each !== "string");
  // Said by the Rust side alone. A part of it that does not speak at all yet is not asked for.
  const rustOnly = /^(?:tray|browser|notification|dialog|app\.already)\b/;
  const speaks = (part) => theirs.some(({ text }) => text.includes(`"${part}`));

  for (const key of keys) {
    const [part] = key.match(rustOnly) ?? [];
    if (part !== undefined && !speaks(part === "app.already" ? part : `${part}.`)) continue;
    if (whole.has(key) || patterns.some((pattern) => pattern.test(key))) continue;
    wrong.push(`${key}: nothing uses it`);
  }
}

/** Quoted pieces that look like keys; a part in braces stands for any word. */
function patternsIn(text) {
  const found = [];
  for (const [, literal] of text.matchAll(/["'`]([a-z]+\.[^"'`\s]*)["'`]/gi)) {
    const holes = literal.replace(/\$?\{[^{}]*\}/g, "\0");
    if (!holes.includes("\0") && !holes.endsWith(".")) found.push(holes);
    else found.push(new RegExp(`^${holes.split("\0").map(plain).join(".+")}${holes.endsWith(".") ? ".+" : ""}$`));
  }
  return found;
}

/** Every `t("key", { … })` of the window names each placeholder of its sentence, and no other. */
function checkPlaceholders() {
  for (const { path, text } of ours) {
    for (const { key, names } of callsIn(text)) {
      const sentence = sentences.get(key);
      if (sentence === undefined) continue; // The compiler says so.
      const wanted = placeholdersOf(sentence);
      for (const name of wanted.filter((each) => !names.includes(each))) {
        wrong.push(`${key}: {${name}} is not passed in ${path}`);
      }
      for (const name of names.filter((each) => !wanted.includes(each))) {
        wrong.push(`${key}: ${path} passes {${name}}, which the sentence does not hold`);
      }
    }
  }
}

function* callsIn(text) {
  for (const match of text.matchAll(/\bt\(\s*"([^"]+)"\s*(,\s*)?/g)) {
    const rest = text.slice(match.index + match[0].length);
    yield { key: match[1], names: match[2] && rest.startsWith("{") ? namesIn(rest) : [] };
  }
}

/** The names in an object literal that starts here, only of its own level. */
function namesIn(text) {
  let depth = 0;
  let own = "";
  for (const letter of text) {
    if ("{([".includes(letter)) depth += 1;
    if (depth === 1) own += letter;
    if ("})]".includes(letter)) depth -= 1;
    if (depth === 0) break;
  }
  return own
    .slice(1, -1)
    .split(",")
    .map((piece) => piece.split(":")[0].trim())
    .filter((name) => /^\w+$/.test(name));
}

/** The closed list of faults has its words, and the words have their fault. */
function checkFaults() {
  const list = theirs.find(({ path }) => path.endsWith("domain/src/fault/code.rs"));
  const codes = [...(list?.text ?? "").matchAll(/= "([a-z_]+)" => \w+,/g)].map(([, code]) => code);
  if (codes.length === 0) wrong.push("the list of faults was not found");
  for (const code of codes) {
    for (const part of ["what", "todo"]) {
      if (!sentences.has(`fault.${code}.${part}`)) wrong.push(`fault.${code}.${part}: missing`);
    }
  }
  // What the window says when it meets a code it does not know.
  const known = new Set([...codes, "unexpected"]);
  for (const key of keys.filter((each) => each.startsWith("fault."))) {
    if (!known.has(key.split(".")[1])) wrong.push(`${key}: there is no such fault`);
  }
}

function checkWriting() {
  for (const [key, text] of Object.entries(english)) {
    const fault = unplain("en", key, text);
    if (fault !== null) wrong.push(`${key}: ${fault}`);
  }
}

function plain(text) {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

function sources(folder, kind) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && kind.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({ path: path.slice(ui.length), text: readFileSync(path, "utf8") }));
}
