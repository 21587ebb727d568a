// In which order many accounts stand, and under which headings: what needs the person first, then those of one
// organisation together, then the rest. Few accounts stand as they came.

import type { AccountView, RecoveryView } from "./bindings";
import { locale } from "./language.svelte";
import { isPrivate } from "./private-domains";
import { known, t } from "./words";

/** From this many accounts on, they are grouped, folded and can be searched. */
export const MANY = 8;

export interface Group {
  /** `attention`, `private`, `others`, else the domain with an @ before it. */
  key: string;
  accounts: AccountView[];
}

/** What goes by itself, or hangs on this computer's network and not on the account. */
const PASSING: readonly RecoveryView[] = ["tryAgain", "signInToNetwork", "mendNetwork", "copyLink", "nothing"];

/** The longer somebody can wait, the higher; null where nothing has to be done. */
export function urgency({ state, fault, forecast }: AccountView): 0 | 1 | 2 | null {
  if (state === "disconnecting") return null;
  if (state !== "connected") return 0;
  if (fault !== null && !PASSING.includes(fault.recovery)) return 1;
  if (forecast === null || forecast.recovery === "nothing") return null;
  // What the card has no sentence for needs nobody's attention.
  return known(`forecast.${forecast.kind}.what`) ? 2 : null;
}

export function groupWords(key: string): string {
  if (key.startsWith("@")) return key.slice(1);
  if (key === "attention") return t("accounts.attention");
  return key === "private" ? t("accounts.private") : t("accounts.others");
}

/**
 * The groups in order. Those that stay as they were in `before` are the same objects, and the order in a group is
 * kept as long as nothing that it hangs on changes: a press on one of 1,000 accounts sorts and draws one.
 */
export function grouped(accounts: readonly AccountView[], before: readonly Group[] = [], tag = locale()): Group[] {
  const sizes = new Map<string, number>();
  for (const { email } of accounts) sizes.set(domainOf(email), (sizes.get(domainOf(email)) ?? 0) + 1);
  const members = new Map<string, AccountView[]>();
  for (const account of accounts) {
    const key = keyOf(account, sizes);
    const others = members.get(key);
    if (others === undefined) members.set(key, [account]);
    else others.push(account);
  }
  const { compare } = collator(tag);
  const were = new Map(before.map((group) => [group.key, group]));
  return [...members]
    .map(([key, own]) => kept(were.get(key), own) ?? { key, accounts: sorted(own, compare) })
    .sort((a, b) => rank(a.key) - rank(b.key) || compare(a.key, b.key));
}

/** The same groups with only some of the accounts; those that lose none are the same objects. */
export function narrowed(groups: readonly Group[], wanted: (account: AccountView) => boolean): Group[] {
  return groups.flatMap((group) => {
    const accounts = group.accounts.filter(wanted);
    if (accounts.length === group.accounts.length) return group;
    return accounts.length === 0 ? [] : { ...group, accounts };
  });
}

/** The first `count` accounts of all groups. */
export function upTo(groups: readonly Group[], count: number): Group[] {
  let left = count;
  return groups.flatMap((group) => {
    const room = Math.max(0, left);
    left -= group.accounts.length;
    if (room >= group.accounts.length) return group;
    return room === 0 ? [] : { ...group, accounts: group.accounts.slice(0, room) };
  });
}

export function sizeOf(groups: readonly Group[]): number {
  return groups.reduce((sum, { accounts }) => sum + accounts.length, 0);
}

function keyOf(account: AccountView, sizes: ReadonlyMap<string, number>): string {
  if (urgency(account) !== null) return "attention";
  const domain = domainOf(account.email);
  if (isPrivate(domain)) return "private";
  // A heading for one account alone would only be in the way.
  return domain !== "" && (sizes.get(domain) ?? 0) > 1 ? `@${domain}` : "others";
}

/** What stands after the @; empty for a label that is no address. */
function domainOf(email: string): string {
  const at = email.lastIndexOf("@");
  return at < 0 ? "" : email.slice(at + 1).toLowerCase();
}

function rank(key: string): number {
  return ["attention", "@", "private", "others"].findIndex((start) => key.startsWith(start));
}

function sorted(accounts: AccountView[], compare: (a: string, b: string) => number): AccountView[] {
  return [...accounts].sort(
    (a, b) =>
      (urgency(a) ?? 0) - (urgency(b) ?? 0) ||
      compare(a.name ?? a.email, b.name ?? b.email) ||
      compare(a.email, b.email),
  );
}

/** The group as it was, with what changed put in its place; null where the order has to be found anew. */
function kept(group: Group | undefined, accounts: AccountView[]): Group | null {
  if (group === undefined || group.accounts.length !== accounts.length) return null;
  const now = new Map(accounts.map((account) => [account.id, account]));
  const next: AccountView[] = [];
  for (const was of group.accounts) {
    const is = now.get(was.id);
    if (is === undefined || (is !== was && !sameOrder(is, was))) return null;
    next.push(is);
  }
  return next.every((account, index) => account === group.accounts[index]) ? group : { ...group, accounts: next };
}

function sameOrder(a: AccountView, b: AccountView): boolean {
  return a.name === b.name && a.email === b.email && urgency(a) === urgency(b);
}

const collators = new Map<string, Intl.Collator>();

/** Numbers in a name count as numbers. Making one is slow, so they are kept. */
function collator(tag: string): Intl.Collator {
  const made = collators.get(tag) ?? new Intl.Collator(tag, { numeric: true });
  collators.set(tag, made);
  return made;
}
