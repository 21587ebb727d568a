// Every sentence a person reads comes from here, by a key that the compiler knows.

import type { FaultView, Notice } from "./bindings";
import en from "../messages/en.json";
import type { elsewhere } from "./elsewhere";

export type Key = Exclude<keyof typeof en, `${(typeof elsewhere)[number]}.${string}`>;
export type Values = Record<string, string | number>;

const messages: Record<string, string> = en;

export function t(key: Key, values: Values = {}): string {
  return fill(messages[key] ?? key, values);
}

export function known(key: string): key is Key {
  return Object.hasOwn(messages, key);
}

function fill(text: string, values: Values): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

/** What happened and what to do. A code this window does not know yet still gets a plain sentence. */
export function faultWords(fault: FaultView): { what: string; todo: string } {
  const what = `fault.${fault.code}.what`;
  const todo = `fault.${fault.code}.todo`;
  return known(what) && known(todo)
    ? { what: t(what), todo: t(todo) }
    : { what: t("fault.unexpected.what"), todo: t("fault.unexpected.todo") };
}

export function noticeWords(notice: Notice): string {
  const key = `notice.${notice.code}`;
  return known(key) ? t(key, notice.values) : t("notice.fault");
}
