import { render } from "svelte/server";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { FakeAgent } from "../src/agent/fake";
import { scene } from "../src/agent/scenes";
import type { AccountView, HistoryLineView } from "../src/bindings";
import { PAGE } from "../src/history";
import { put, spoken } from "../src/language.svelte";
import { t } from "../src/words";

// Words of its own, so that the test holds whatever the real sentences say.
put("en", {
  ...spoken.sentences,
  "reason.likely": "Probably:",
  "reason.storm.what": "A storm took it.",
  "reason.storm.todo": "Wait for the sun.",
  "reason.frost.short": "Frost.",
  "reason.hail.short": "Hail.",
  "forecast.rain.what": "It rains on {day}.",
  "forecast.rain.todo": "Take an umbrella.",
});
vi.stubGlobal("document", { addEventListener: () => {} });

/** The card as its HTML; what reads a clock needs the document above, so it is loaded after it. */
let card: (account: AccountView, opened?: string[]) => string;
let list: (lines: HistoryLineView[], count: number) => string;

beforeAll(async () => {
  vi.useFakeTimers({ now: new Date(2026, 10, 21, 12), toFake: ["Date", "setInterval"] });
  const { default: OnDesk } = await import("./OnDesk.svelte");
  const { default: HistoryList } = await import("../src/parts/HistoryList.svelte");
  const { Desk } = await import("../src/state/desk.svelte");
  card = (account, histories = []) => {
    const desk = new Desk(new FakeAgent(scene("accounts")!), { histories });
    return render(OnDesk, { props: { desk, account } }).body;
  };
  list = (lines, count) => render(HistoryList, { props: { lines, count } }).body;
});

const now = Date.now() / 1000;

function from(name: string, own: Partial<AccountView> = {}): AccountView {
  return { ...scene(name)!.snapshot.accounts[0]!, ...own };
}

/** The opening tags of this test id. */
function tags(html: string, testid: string): string[] {
  return html.match(new RegExp(`<[^>]*data-testid="${testid}"[^>]*>`, "g")) ?? [];
}

/** What is read, without tags. */
function text(html: string): string {
  return html.replace(/<!--.*?-->/g, "").replace(/<[^>]*>/g, " ").replace(/\s+/g, " ");
}

const isFirst = (tag: string | undefined) => /class="first/.test(tag ?? "");

const reason = { cause: "storm", sureness: "likely", values: {}, others: ["frost", "hail"], recovery: "reconnect" } as const;
const stopped = () => from("needs-reconnect", { reason: { ...reason, others: [...reason.others] } });

describe("the card of an account that stopped", () => {
  it("says the reason in place of the bare fault, and asks for one thing", () => {
    const html = card(stopped());
    expect(text(html)).toContain("Probably: A storm took it. Wait for the sun.");
    expect(text(html)).not.toContain(t("fault.grant_ended.what"));
    expect(tags(html, "account-fault")).toEqual([]);
    expect(tags(html, "account-reason")[0]).toMatch(/data-cause="storm".*data-sureness="likely"/);
    expect(tags(html, "account-mend")).toEqual([]);
    expect(isFirst(tags(html, "account-reconnect")[0])).toBe(true);
  });

  it("folds away what else it may be, likeliest first", () => {
    const html = card(stopped());
    expect(text(html)).toContain(`${t("account.others")} Frost. Hail.`);
    expect(tags(html, "account-reason-others")[0]).not.toContain("open");
    const sure = card({ ...stopped(), reason: { ...reason, others: [] } });
    expect(tags(sure, "account-reason-others")).toEqual([]);
  });

  it("lets what mends it come before Reconnect, where that is something else", () => {
    const html = card({ ...stopped(), reason: { ...reason, others: [], recovery: "importClient" } });
    expect(isFirst(tags(html, "account-mend")[0])).toBe(true);
    expect(text(html)).toContain(t("recovery.importClient"));
    expect(isFirst(tags(html, "account-reconnect")[0])).toBe(false);
  });

  it("says the fault where it does not know the cause, with Reconnect first", () => {
    const html = card({ ...stopped(), reason: { ...reason, cause: "from_the_future", others: [], recovery: "importClient" } });
    expect(tags(html, "account-reason")).toEqual([]);
    expect(text(html)).toContain(t("fault.grant_ended.what"));
    expect(isFirst(tags(html, "account-reconnect")[0])).toBe(true);
  });

  it("says what a press met since beside the reason", () => {
    const offline = from("test-failed").outcome;
    const html = card({ ...stopped(), outcome: offline });
    expect([tags(html, "account-reason").length, tags(html, "account-fault").length]).toEqual([1, 1]);
    expect(text(html)).toContain(`${t("outcome.failed.testing")} ${t("fault.offline.what")}`);
  });
});

describe("a forecast", () => {
  const rain = { kind: "rain", at: now + 2 * 86_400, count: null, recovery: "reconnect" } as const;

  it("is a line with one button on a card that works", () => {
    const html = card(from("accounts", { forecast: { ...rain, at: new Date(2026, 10, 24).getTime() / 1000 } }));
    expect(text(html)).toContain("It rains on Tuesday. Take an umbrella.");
    expect(tags(html, "account-mend")).toHaveLength(1);
    expect(text(html)).toContain(t("recovery.reconnect"));
  });

  it("is not said of an account that stopped, nor without words", () => {
    expect(tags(card({ ...stopped(), forecast: rain }), "account-forecast")).toEqual([]);
    expect(tags(card(from("accounts", { forecast: { ...rain, kind: "from_the_future" } })), "account-forecast")).toEqual([]);
  });

  it("offers to use the account where that is all it needs, and no button where there is nothing to do", () => {
    const idle = card(from("accounts", { forecast: { ...rain, recovery: "tryAgain" } }));
    expect(tags(idle, "account-mend")[0]).toContain(`${t("account.refresh")}:`);
    expect(tags(card(from("accounts", { forecast: { ...rain, recovery: "nothing" } })), "account-mend")).toEqual([]);
  });
});

describe("what mends an account", () => {
  it("is Unlock for a locked password store, and another try for a network or a clock", () => {
    expect(tags(card(from("vault-waiting")), "account-mend")[0]).toContain(`${t("recovery.unlockVault")}:`);
    for (const recovery of ["signInToNetwork", "mendNetwork", "setClock"] as const) {
      const html = card(from("accounts", { fault: { code: "offline", recovery, detail: null } }));
      expect(tags(html, "account-mend")[0], recovery).toContain(`${t("recovery.tryAgain")}:`);
    }
  });
});

describe("the history on a card", () => {
  it("is folded away until it is opened, and then says that it is read", () => {
    expect(tags(card(from("accounts")), "history-status")).toEqual([]);
    const html = card(from("accounts"), ["alice"]);
    expect(tags(html, "history-status")[0]).toContain('role="status"');
    expect(text(html)).toContain(t("log.reading"));
  });

  it("shows as many as are asked for as a list, and offers more as long as there are", () => {
    const lines = scene("history-long")!.past.lines.alice!;
    expect(lines.length).toBeGreaterThan(40);
    const html = list(lines, PAGE);
    expect(html).toMatch(/<ol[^>]*role="list"/);
    expect(tags(html, "history-line")).toHaveLength(PAGE);
    expect(tags(html, "history-more")).toHaveLength(1);
    expect(tags(list(lines.slice(0, PAGE), PAGE), "history-more")).toEqual([]);
    expect(PAGE).toBe(20);
  });

  it("says of each line what, when and why", () => {
    const html = list(scene("history")!.past.lines.alice!, PAGE);
    expect(text(html)).toMatch(/backup-contacts\.py.? was refused /);
    expect(text(html)).toContain("Failed 3 times ");
    expect(text(html)).toContain(t("fault.grant_ended.what"));
    expect(html).toMatch(/<time datetime="\d{4}-\d\d-\d\dT[^"]*"/);
  });
});
