import { describe, expect, it } from "vitest";
import { crowd } from "../src/agent/crowd";
import { account, fault } from "../src/agent/people";
import type { AccountView, Recovery } from "../src/bindings";
import { grouped, groupWords, narrowed, sizeOf, upTo, urgency, type Group } from "../src/groups";
import { isPrivate } from "../src/private-domains";

const now = 1_800_000_000;

function at(email: string, own: Partial<AccountView> = {}): AccountView {
  return account(email, now, { email, name: null, ...own });
}

const stopped = { state: "needsReconnect", fault: fault("grant_ended", "reconnect") } as const;
const forecast = (kind: string, recovery: Recovery) => ({ forecast: { kind, at: now, count: 90, recovery } });
const outline = (groups: readonly Group[]) => groups.map(({ key, accounts }) => [key, ...accounts.map(({ email }) => email)]);

describe("what needs attention", () => {
  it("is what stopped, then what is hindered, then what will end", () => {
    expect(urgency(at("a@b.c", stopped))).toBe(0);
    expect(urgency(at("a@b.c", { state: "needsSignIn" }))).toBe(0);
    expect(urgency(at("a@b.c", { fault: fault("vault_locked", "unlockVault") }))).toBe(1);
    expect(urgency(at("a@b.c", forecast("testing_ends", "reconnect")))).toBe(2);
  });

  it("is nothing that passes by itself, and nothing without a step or a sentence", () => {
    expect(urgency(at("a@b.c"))).toBeNull();
    expect(urgency(at("a@b.c", { fault: fault("offline", "tryAgain") }))).toBeNull();
    expect(urgency(at("a@b.c", { fault: fault("offline", "mendNetwork") }))).toBeNull();
    expect(urgency(at("a@b.c", { state: "disconnecting", fault: fault("grant_ended", "reconnect") }))).toBeNull();
    expect(urgency(at("a@b.c", forecast("consents", "nothing")))).toBeNull();
    expect(urgency(at("a@b.c", forecast("from_the_future", "reconnect")))).toBeNull();
  });
});

describe("groups", () => {
  it("begin with what needs attention, then organisations by name, private addresses, and the rest", () => {
    const groups = grouped([
      at("x@gmail.com"),
      at("b@zebra.example"),
      at("a@ZEBRA.example"),
      at("only@one.example"),
      at("c@apple.example", stopped),
      at("d@apple.example"),
      at("y@outlook.com"),
      at("no address"),
    ]);
    expect(outline(groups)).toEqual([
      ["attention", "c@apple.example"],
      ["@apple.example", "d@apple.example"],
      ["@zebra.example", "a@ZEBRA.example", "b@zebra.example"],
      ["private", "x@gmail.com", "y@outlook.com"],
      ["others", "no address", "only@one.example"],
    ]);
    expect(groupWords("@apple.example")).toBe("apple.example");
    expect(new Set(groups.map(({ key }) => groupWords(key))).size).toBe(groups.length);
  });

  it("are in the order of people's language, with numbers as numbers, the most pressing first", () => {
    const named = (name: string, own = {}) => at(`${name}@a.example`, { name, ...own });
    const groups = grouped([named("Zoë"), named("Émile"), named("desk 10"), named("desk 9"), named("Eva")], [], "en");
    expect(groups[0]!.accounts.map(({ name }) => name)).toEqual(["desk 9", "desk 10", "Émile", "Eva", "Zoë"]);
    const pressing = [named("A", forecast("testing_ends", "reconnect")), named("Z", stopped)];
    expect(grouped(pressing)[0]!.accounts.map(({ name }) => name)).toEqual(["Z", "A"]);
  });

  it("hold every account once, however many", () => {
    const groups = grouped(crowd(1_000, now));
    const ids = groups.flatMap(({ accounts }) => accounts.map(({ id }) => id));
    expect([ids.length, new Set(ids).size, sizeOf(groups)]).toEqual([1_000, 1_000, 1_000]);
  });
});

describe("a change of one account", () => {
  const all = crowd(1_000, now);
  const before = grouped(all);
  const change = (id: string, own: Partial<AccountView>) =>
    grouped(all.map((each) => (each.id === id ? { ...each, ...own } : each)), before);
  const same = (groups: readonly Group[]) => groups.filter((group) => before.includes(group)).length;
  const connected = before.find(({ key }) => key.startsWith("@"))!.accounts[3]!;

  it("leaves the others as they were, so that nothing of them is drawn anew", () => {
    const after = change(connected.id, { busy: "testing" });
    expect(same(after)).toBe(before.length - 1);
    const [was, is] = [before, after].map((groups) => groups.flatMap(({ accounts }) => accounts));
    expect(is!.filter((account, index) => account !== was![index]).map(({ id }) => id)).toEqual([connected.id]);
    expect(grouped(all, before).every((group, index) => group === before[index])).toBe(true);
  });

  it("moves it where it belongs when that changes", () => {
    expect(change(connected.id, stopped)[0]!.accounts.map(({ id }) => id)).toContain(connected.id);
    const renamed = change(connected.id, { name: "Aaa" });
    expect(renamed.flatMap(({ accounts }) => accounts).map(({ id }) => id)).toContain(connected.id);
    const own = renamed.find(({ accounts }) => accounts.some(({ id }) => id === connected.id))!;
    expect(own.accounts[0]!.id).toBe(connected.id);
    expect(outline(renamed)).toEqual(outline(grouped(all.map((each) => (each.id === connected.id ? { ...each, name: "Aaa" } : each)))));
  });
});

describe("a part of the groups", () => {
  const groups = grouped([at("a@x.example"), at("b@x.example"), at("c@gmail.com"), at("d@gmail.com")]);

  it("is what is wanted, without headings of nothing, in the groups of all", () => {
    const found = narrowed(groups, ({ email }) => email !== "b@x.example" && !email.endsWith("gmail.com"));
    expect(outline(found)).toEqual([["@x.example", "a@x.example"]]);
    expect(narrowed(groups, () => true)[0]).toBe(groups[0]);
  });

  it("is the first so many", () => {
    expect(outline(upTo(groups, 3))).toEqual([["@x.example", "a@x.example", "b@x.example"], ["private", "c@gmail.com"]]);
    expect(upTo(groups, 2)).toEqual([groups[0]]);
    expect(upTo(groups, 4).every((group, index) => group === groups[index])).toBe(true);
  });
});

it("knows where anybody can have an address", () => {
  for (const domain of ["gmail.com", "yahoo.co.jp", "hotmail.fr", "outlook.com.br", "gmx.de"]) expect(isPrivate(domain), domain).toBe(true);
  for (const domain of ["school.example", "live.school.example", "yahoo", "mail.gmail.com", "com"]) expect(isPrivate(domain), domain).toBe(false);
});
