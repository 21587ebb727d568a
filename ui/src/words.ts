// Every sentence a person reads comes from here, by a key that the compiler knows. English has all keys; the checks
// hold the other languages to the same.

import type { FaultView, Notice } from "./bindings";
import type en from "../messages/en.json";
import type { Elsewhere } from "./elsewhere";
import { isRightToLeft, locale, spoken } from "./language.svelte";

type Written = Exclude<keyof typeof en, Elsewhere>;
/** Where a sentence holds a number it is written once for each form, and said by the part before. */
type Counted = Written extends infer K ? (K extends `${infer Sentence}.other` ? Sentence : never) : never;

export type Key = Exclude<Written, `${Counted}.${"one" | "other"}`> | Counted;
export type Values = Record<string, string | number>;

/** The sentence in the language that is spoken. Numbers are written as the person writes them; `count` chooses the form. */
export function t(key: Key, values: Values = {}): string {
  const { sentences } = spoken;
  const text = sentences[key] ?? sentences[`${key}.${form(values.count)}`] ?? sentences[`${key}.other`];
  return fill(text ?? key, values);
}

export function known(key: string): key is Key {
  return Object.hasOwn(spoken.sentences, key) || Object.hasOwn(spoken.sentences, `${key}.other`);
}

/** What a sentence says before and after a value that is shown in a form of its own. */
export function around(key: Key, name: string): [before: string, after: string] {
  const [before = "", after = ""] = t(key).split(`{${name}}`);
  return [before, after];
}

/** Names, one after the other, as the language does it. */
export function listed(names: readonly string[]): string {
  const [first = "", ...rest] = names;
  return rest.reduce((before, second) => t("text.listed", { first: before, second }), first);
}

/** Two sentences, one after the other. */
export function after(first: string, second: string): string {
  return t("text.after", { first, second });
}

function form(count: string | number | undefined): Intl.LDMLPluralRule {
  return count === undefined ? "other" : new Intl.PluralRules(spoken.tag).select(Number(count));
}

function fill(text: string, values: Values): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name];
    if (value === undefined) return whole;
    return typeof value === "number" ? new Intl.NumberFormat(locale()).format(value) : apart(value);
  });
}

/** What is put in keeps its own direction (Unicode's first strong isolate), where the sentence has the other one. */
function apart(value: string): string {
  return isRightToLeft() ? `\u2068${value}\u2069` : value;
}

/** What happened and what to do. A code this window does not know yet still gets a plain sentence. */
export function faultWords(fault: FaultView): { what: string; todo: string } {
  const what = `fault.${fault.code}.what`;
  const todo = `fault.${fault.code}.todo`;
  return known(what) && known(todo)
    ? { what: t(what), todo: t(todo) }
    : { what: t("fault.unexpected.what"), todo: t("fault.unexpected.todo") };
}

export function noticeWords({ code, values: { count, unit, ...rest } }: Notice): string {
  const key = `notice.${code}`;
  if (!known(key)) return t("notice.fault");
  const values: Values = count === undefined ? rest : { ...rest, count: Number(count) };
  const span = `span.${unit}`;
  return t(key, unit !== undefined && known(span) ? { ...values, span: t(span, values) } : values);
}
