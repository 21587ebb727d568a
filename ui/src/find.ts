// Which accounts are looked for: by name, address, organisation, provider and state, however they are written.

import type { AccountView } from "./bindings";
import { urgency } from "./groups";
import { spoken, type Sentences } from "./language.svelte";
import { t } from "./words";

/** Every word has to be in it somewhere; null where nothing is looked for. */
export function finder(search: string): ((account: AccountView) => boolean) | null {
  const words = plain(search).split(/\s+/).filter((word) => word !== "");
  if (words.length === 0) return null;
  return (account) => {
    const text = textOf(account);
    return words.every((word) => text.includes(word));
  };
}

/** What was found out about an account, in the language that is spoken. One that changes is another object. */
let texts = new WeakMap<AccountView, string>();
let said: Sentences | null = null;

function textOf(account: AccountView): string {
  if (said !== spoken.sentences) texts = new WeakMap();
  said = spoken.sentences;
  const known = texts.get(account);
  if (known !== undefined) return known;
  const { name, email, providerName, state } = account;
  const needs = urgency(account) === null ? "" : t("accounts.attention");
  const text = plain([name ?? "", email, providerName, t(`state.${state}`), needs].join("\n"));
  texts.set(account, text);
  return text;
}

/** Letters that have no other form by Unicode, as people type them who do not have them. */
const LETTERS: Record<string, string> = { ø: "o", ł: "l", đ: "d", ı: "i", ß: "ss", æ: "ae", œ: "oe" };

/** Without marks and in small letters. */
function plain(text: string): string {
  return text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[øłđıßæœ]/g, (letter) => LETTERS[letter]!);
}
