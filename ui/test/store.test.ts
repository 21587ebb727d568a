import { describe, expect, it } from "vitest";
import { account } from "../src/agent/people";
import { scene } from "../src/agent/scenes";
import type { Change, Snapshot } from "../src/bindings";
import { catchUp, catchUpShell, reduce } from "../src/store";

const start: Snapshot = { ...scene("accounts")!.snapshot, revision: 10 };
const [alice, bob] = start.accounts as [Snapshot["accounts"][0], Snapshot["accounts"][0]];

describe("reduce", () => {
  it("ignores what the snapshot already holds", () => {
    for (const revision of [1, 9, 10]) {
      expect(reduce(start, { revision, what: { kind: "accountGone", id: "alice" } })).toBe(start);
    }
  });

  it("changes a card in its place", () => {
    const busy = { ...alice, busy: "testing" } as const;
    const next = reduce(start, { revision: 11, what: { kind: "account", account: busy } });
    expect(next.accounts).toEqual([busy, bob]);
    expect(next.revision).toBe(11);
  });

  it("puts a new card last", () => {
    const dora = account("dora", 0);
    const next = reduce(start, { revision: 11, what: { kind: "account", account: dora } });
    expect(next.accounts.map(({ id }) => id)).toEqual(["alice", "bob", "dora"]);
  });

  it("takes a card away", () => {
    const next = reduce(start, { revision: 11, what: { kind: "accountGone", id: "alice" } });
    expect(next.accounts).toEqual([bob]);
  });

  it("never changes the snapshot it was given", () => {
    const before = structuredClone(start);
    reduce(start, { revision: 11, what: { kind: "accountGone", id: "alice" } });
    expect(start).toEqual(before);
  });

  it("takes attempt, notices, providers, programs and question as they are", () => {
    const { programs } = scene("programs-paused")!.snapshot;
    const { question } = scene("question-system")!.snapshot;
    const attempt = scene("attempt-waiting")!.snapshot.attempt;
    const whats: Change["what"][] = [
      { kind: "attempt", attempt },
      { kind: "notices", notices: [] },
      { kind: "providers", providers: [] },
      { kind: "programs", programs },
      { kind: "question", question },
    ];
    const end = catchUp(start, whats.map((what, n) => ({ revision: 11 + n, what })));
    expect(end).toEqual({ ...start, revision: 15, attempt, notices: [], providers: [], programs, question });
  });
});

describe("catchUp", () => {
  it("puts only what is newer on top of a snapshot that arrived late", () => {
    const waiting: Change[] = [
      { revision: 10, what: { kind: "accountGone", id: "alice" } },
      { revision: 11, what: { kind: "accountGone", id: "bob" } },
    ];
    expect(catchUp(start, waiting).accounts).toEqual([alice]);
  });
});

describe("catchUpShell", () => {
  const { shell } = scene("accounts")!;

  it("takes the answer where nothing was told meanwhile", () => {
    expect(catchUpShell(shell, null)).toBe(shell);
  });

  it("keeps a question that was asked while the answer was on its way", () => {
    const told = { ...shell, askingBackground: true };
    expect(catchUpShell(shell, told).askingBackground).toBe(true);
  });

  it("loses no route that only the answer told", () => {
    const answer = { ...shell, route: "connect" } as const;
    expect(catchUpShell(answer, { ...shell, tray: false })).toMatchObject({ route: "connect", tray: false });
  });
});
