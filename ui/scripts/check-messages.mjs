// Holds messages/en.json to its promises: every key is used, every placeholder is passed, no jargon.
// Keys are looked for in the window and in the Rust side, whole ("tray.open") or by pattern ("fault.{code}.what").

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const ui = new URL("..", import.meta.url).pathname;
const written = readFileSync(join(ui, "messages/en.json"), "utf8");
const messages = JSON.parse(written);
const keys = Object.keys(messages);
const wrong = [];

const ours = sources(join(ui, "src"), /\.(ts|svelte)$/);
const theirs = sources(join(ui, "../src-tauri"), /\.rs$/);

checkTwice();
checkUse();
checkPlaceholders();
checkFaults();
checkJargon();
report();

/** Of a key that stands twice only the last sentence would be read. */
function checkTwice() {
  const seen = [...written.matchAll(/^\s*"([^"]+)":/gm)].map(([, key]) => key);
  for (const key of seen.filter((each, index) => seen.indexOf(each) < index)) wrong.push(`${key}: stands twice`);
}

/** A key that nothing says is a sentence that nobody reads. */
function checkUse() {
  const literals = [...ours, ...theirs].flatMap(({ text }) => patternsIn(text));
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
      if (!(key in messages)) continue; // The compiler says so.
      const wanted = placeholders(messages[key]);
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
      if (!(`fault.${code}.${part}` in messages)) wrong.push(`fault.${code}.${part}: missing`);
    }
  }
  // What the window says when it meets a code it does not know.
  const known = new Set([...codes, "unexpected"]);
  for (const key of keys.filter((each) => each.startsWith("fault."))) {
    if (!known.has(key.split(".")[1])) wrong.push(`${key}: there is no such fault`);
  }
}

function checkJargon() {
  const jargon =
    /\b(oauth\w*|openid|scopes?|tokens?|grants?|granted|granting|revoked?|credentials?|endpoints?|callback|redirect(ed|s)?|provider|vault|ledger|authenticat\w*|authoriz\w*|authoris\w*|PKCE|invalid_\w+|API keys?|daemon|D-Bus|HTTP|(?<!\.)JSON)\b/i;
  // What Google's own pages show has to be quoted as it stands there.
  const quotes = /^help\.\w+\.see$/;
  for (const [key, text] of Object.entries(messages)) {
    const said = text.replace(/\{\w+\}/g, "").match(jargon);
    if (said && !quotes.test(key)) wrong.push(`${key}: “${said[0]}” is jargon`);
    if (text.trim() !== text || text === "") wrong.push(`${key}: empty, or with spaces around it`);
    if (/ {2}|\.\.\.|'/.test(text)) wrong.push(`${key}: two spaces, three dots or a straight apostrophe`);
  }
}

function report() {
  for (const each of wrong) console.error(`messages/en.json: ${each}`);
  if (wrong.length > 0) process.exit(1);
  console.log(`messages/en.json: ${keys.length} sentences, all used, all plain.`);
}

function placeholders(text) {
  return [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
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
