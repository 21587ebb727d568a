import { render } from "svelte/server";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { FakeAgent } from "../src/agent/fake";
import { scene } from "../src/agent/scenes";
import type { AccountView, HistoryLineView, ProgramsView } from "../src/bindings";
import { PAGE } from "../src/history";
import { put, spoken } from "../src/language.svelte";
import { roomOf, type Room } from "../src/rooms";
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
let card: (account: AccountView, how?: { opened?: Room[]; programs?: ProgramsView; folds?: boolean }) => string;
let list: (lines: HistoryLineView[], count: number) => string;

beforeAll(async () => {
  vi.useFakeTimers({ now: new Date(2026, 10, 21, 12), toFake: ["Date", "setInterval"] });
  const { default: OnDesk } = await import("./OnDesk.svelte");
  const { default: piece } = await import("../src/parts/AccountCard.svelte");
  const { default: HistoryList } = await import("../src/parts/HistoryList.svelte");
  const { Desk } = await import("../src/state/desk.svelte");
  card = (account, { opened = [], programs, ...props } = {}) => {
    const desk = new Desk(new FakeAgent(scene("accounts")!), {
      opened: new Set(opened.map((room) => roomOf(account.id, room))),
    });
    if (programs) desk.live.snapshot = { ...scene("accounts")!.snapshot, programs };
    return render(OnDesk, { props: { desk, piece, account, ...props } }).body;
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
    expect(tags(html, "account-reconnect")).toHaveLength(1);
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
    const html = card(from("accounts"), { opened: ["history"] });
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

describe("what a card opens to", () => {
  const expanded = (html: string, testid: string) => /aria-expanded="(\w+)"/.exec(tags(html, testid)[0] ?? "")?.[1];

  it("is made only when it is opened", () => {
    const closed = card(from("accounts"));
    for (const room of ["users", "history", "browser", "support"] as const) {
      expect(expanded(closed, `${room}-open`), room).toBe("false");
      const html = card(from("accounts"), { opened: [room] });
      expect(expanded(html, `${room}-open`), room).toBe("true");
      const controls = /aria-controls="([^"]+)"/.exec(tags(html, `${room}-open`)[0]!)![1]!;
      expect(html).toContain(`id="${controls}"`);
    }
    for (const inside of ["account-programs", "history-status", "account-browser-choice", "support-copy"]) expect(tags(closed, inside), inside).toEqual([]);
  });

  it("names the programs that use the account, what they may and until when", () => {
    const { programs } = scene("accounts-in-use")!.snapshot;
    expect(text(card(from("accounts"), { programs }))).toContain(t("programs.used_by", { count: 3 }));
    const html = card(from("accounts"), { programs, opened: ["users"] });
    expect(tags(html, "account-user").map((tag) => /data-name="([^"]+)"/.exec(tag)![1])).toEqual(["org.gnome.Evolution", "msmtp", "backup-contacts.py"]);
    expect(text(html)).toContain("Used 214 times");
    expect(tags(html, "account-programs")).toHaveLength(1);
    const unused = card(from("accounts"), { opened: ["users"] });
    expect(text(unused)).toContain(t("programs.used_by_none"));
    expect(tags(unused, "account-programs")).toEqual([]);
  });

  it("has details to copy, without the address", () => {
    const html = card(from("accounts"), { opened: ["support"] });
    const said = /<blockquote[^>]*>([^<]*)</.exec(html)![1]!;
    expect(said).toContain("a…@example.com");
    expect(said).not.toContain("alice@");
    expect(text(html)).toContain(t("support.copy"));
  });
});

describe("one card among many", () => {
  const folded = (account: AccountView, opened: Room[] = []) => card(account, { folds: true, opened });

  it("says who and how it is, and makes nothing else until it is opened", () => {
    const html = folded(from("accounts"));
    expect(tags(html, "account-open")[0]).toContain('aria-expanded="false"');
    expect(text(html)).toContain("Alice Example");
    expect(text(html)).toContain(t("state.connected"));
    for (const inside of ["account-granted", "account-since", "account-test", "history-open", "support-open"]) {
      expect(tags(html, inside), inside).toEqual([]);
      expect(tags(folded(from("accounts"), ["card"]), inside).length, inside).toBeGreaterThan(0);
    }
    expect(tags(card(from("accounts")), "account-open")).toEqual([]);
  });

  it("has its name as a heading below the one of its group", () => {
    expect(folded(from("accounts"))).toMatch(/<h3[^>]*>.*Alice Example.*<\/h3>/s);
    expect(card(from("accounts"))).toMatch(/<h2[^>]*>.*Alice Example.*<\/h2>/s);
  });

  it("still says what has to be done, with its one button", () => {
    const html = folded(stopped());
    expect(text(html)).toContain("Probably: A storm took it. Wait for the sun.");
    expect(html.match(/<button[^>]*class="first/g)).toHaveLength(1);
    expect(isFirst(tags(html, "account-reconnect")[0])).toBe(true);
    expect(tags(html, "account-test")).toEqual([]);
    const bare = folded({ ...stopped(), fault: null, reason: null });
    expect(tags(bare, "account-reconnect")).toHaveLength(1);
    expect(tags(folded(from("disconnecting-waits")), "disconnect-again")).toHaveLength(1);
  });

  it("tells of a press only what somebody has to know", () => {
    const told = (name: string) => tags(folded(from(name)), "account-outcome").length;
    expect([told("test-failed"), told("tested-mixed"), told("connected")]).toEqual([1, 1, 1]);
    expect([told("tested"), told("refreshed")]).toEqual([0, 0]);
    expect(tags(card(from("tested")), "account-outcome")).toHaveLength(1);
  });
});

describe("a press that meets what is wrong already", () => {
  it("says so once, with what did not work", () => {
    const offline = from("test-failed").outcome;
    const html = card(from("accounts", { fault: { code: "offline", recovery: "tryAgain", detail: null }, outcome: offline }));
    expect(tags(html, "account-fault")).toHaveLength(1);
    expect(tags(html, "account-outcome")[0]).toContain('data-kind="failed"');
    expect(text(html)).toContain(`${t("outcome.failed.testing")} ${t("fault.offline.what")}`);
  });
});
