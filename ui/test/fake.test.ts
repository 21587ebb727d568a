import { describe, expect, it } from "vitest";
import { FakeAgent } from "../src/agent/fake";
import { scene } from "../src/agent/scenes";
import type { Change, Snapshot } from "../src/bindings";
import { catchUp } from "../src/store";

/** A fake that takes no time, what the window has heard of it, and a way to let it work. */
async function open(name: string) {
  const agent = new FakeAgent(scene(name)!, { now: () => 1_000, pause: async () => {} });
  const heard: Change[] = [];
  const first = await agent.snapshot();
  await agent.onChange((change) => heard.push(change));
  const settle = () => new Promise((done) => setTimeout(done, 0));
  return { agent, heard, settle, shown: (): Snapshot => catchUp(first, heard) };
}

describe("the fake agent", () => {
  it("tells every change: the reduced picture is its own", async () => {
    const { agent, settle, shown } = await open("accounts");
    await agent.test("alice");
    await agent.refresh("bob");
    await agent.disconnect("alice", "everywhere");
    await settle();
    expect(shown()).toEqual(await agent.snapshot());
    expect(shown().accounts.map(({ id }) => id)).toEqual(["bob"]);
  });

  it("walks through a consent to a card", async () => {
    const { agent, heard, settle, shown } = await open("choose");
    await agent.connect("google", null, { permissions: ["calendar"], scopes: [] });
    await settle();
    const steps = heard.flatMap(({ what }) => (what.kind === "attempt" ? [what.attempt?.step] : []));
    expect(steps).toEqual(["opening", "waiting", "finishing", "saving", undefined]);
    expect(shown().accounts[0]?.outcome).toEqual({ kind: "connected", at: 1_000, renewed: false });
  });

  it("lands nothing after a cancel", async () => {
    const { agent, settle, shown } = await open("choose");
    await agent.connect("google", null, { permissions: [], scopes: [] });
    await agent.cancelAttempt();
    await settle();
    expect(shown().attempt).toBeNull();
    expect(shown().accounts).toEqual([]);
  });

  it("renews instead of doubling", async () => {
    const { agent, settle, shown } = await open("needs-reconnect");
    await agent.reconnect("alice", null);
    await settle();
    expect(shown().accounts.map(({ id, state }) => [id, state])).toEqual([
      ["alice", "connected"],
      ["bob", "connected"],
    ]);
  });

  it("opens no browser where the link is wished for instead", async () => {
    const { agent, heard, settle } = await open("choose");
    await agent.setBrowser({ kind: "copy" });
    await agent.connect("google", null, { permissions: [], scopes: [] });
    await settle();
    const copies = heard.flatMap(({ what }) => (what.kind === "attempt" && what.attempt !== null ? [what.attempt.copies] : []));
    expect(copies).toEqual([true, true, true, true]);
  });

  it("takes only a browser that is there", async () => {
    const { agent } = await open("settings");
    const [chromium] = await agent.browsers();
    const work = { kind: "own", browser: chromium!.id, profile: chromium!.profiles[1]!.id } as const;
    expect((await agent.setBrowser(work)).status).toBe("ok");
    expect((await agent.snapshot()).settings.browser).toEqual({ ...work, label: "Chromium – Work (alice@work.example)" });
    expect((await agent.setBrowser({ ...work, profile: "gone" })).status).toBe("error");
    expect((await agent.setBrowser({ kind: "own", browser: "gone.desktop", profile: null })).status).toBe("error");
    expect((await agent.snapshot()).settings.browser).toMatchObject(work);
  });

  it("remembers for an account the browser that is there, and forgets it again", async () => {
    const { agent } = await open("accounts-open");
    expect(await agent.accountBrowser("alice")).toMatchObject({ data: { label: "Firefox" } });
    const work = { browser: "chromium.desktop", profile: "Profile 1" };
    expect((await agent.setAccountBrowser("alice", work)).status).toBe("ok");
    expect((await agent.setAccountBrowser("alice", { ...work, profile: "gone" })).status).toBe("error");
    expect(await agent.accountBrowser("alice")).toMatchObject({ data: work });
    expect(await agent.accountBrowser("bob")).toMatchObject({ data: null });
    await agent.setAccountBrowser("alice", null);
    expect(await agent.accountBrowser("alice")).toMatchObject({ data: null });
  });

  it("takes a proxy without a password, and says why it takes no other", async () => {
    const { agent } = await open("settings");
    const own = (address: string) => agent.setProxy({ kind: "own", address });
    expect(await own("alice:secret@proxy.example")).toEqual({ status: "ok", data: "withPassword" });
    expect(await own("ftp://proxy.example")).toEqual({ status: "ok", data: "otherKind" });
    expect(await own("a proxy")).toEqual({ status: "ok", data: "notAnAddress" });
    expect((await agent.snapshot()).settings.proxy).toEqual({ kind: "system" });
    expect(await own("proxy.example:3128")).toEqual({ status: "ok", data: null });
    expect((await agent.snapshot()).settings.proxy).toEqual({ kind: "own", address: "http://proxy.example:3128" });
  });

  it("keeps running or not, as it is told", async () => {
    const { agent } = await open("settings");
    await agent.setKeepRunning(false);
    expect(await agent.shell()).toMatchObject({ keepsRunning: false, askingBackground: false });
  });

  it("refuses a second press of a busy button", async () => {
    const { agent } = await open("accounts");
    const [first, second] = await Promise.all([agent.test("alice"), agent.refresh("alice")]);
    expect(first.status).toBe("ok");
    expect(second).toMatchObject({ status: "error", error: { code: "already_at_work" } });
  });

  it("opens a locked password store at the next try, and remembers what it did", async () => {
    const { agent, shown } = await open("vault-waiting");
    await agent.refresh("alice");
    expect(shown().accounts[0]).toMatchObject({ fault: null, outcome: { kind: "refreshed" } });
    await agent.refresh("alice");
    const answer = await agent.history("alice");
    expect(answer).toMatchObject({ status: "ok", data: { account: "alice", lines: [{ what: "refreshed", times: 2 }] } });
  });

  it("forgets why it stopped once it is connected again, and keeps it in its history", async () => {
    const { agent, settle, shown } = await open("reason-likely");
    await agent.reconnect("alice", null);
    await settle();
    expect(shown().accounts[0]).toMatchObject({ state: "connected", fault: null, reason: null });
    expect(await agent.history("alice")).toMatchObject({ data: { lines: [{ what: "reconnected", times: 1 }] } });
  });

  it("says when the history can't be read", async () => {
    const { agent } = await open("history-failed");
    expect(await agent.history("alice")).toMatchObject({ status: "error", error: { code: "ledger_failed" } });
  });

  it("asks for the client file first", async () => {
    const { agent } = await open("welcome");
    const answer = await agent.connect("google", null, { permissions: [], scopes: [] });
    expect(answer).toMatchObject({ status: "error", error: { code: "client_missing" } });
  });

  it("keeps practice and personal apart", async () => {
    const { agent, heard } = await open("accounts");
    await agent.showProfile("practice");
    expect(heard.at(-1)?.what.kind).toBe("profile");
    expect((await agent.snapshot()).accounts).toEqual([]);
    await agent.showProfile("personal");
    expect((await agent.snapshot()).accounts).toHaveLength(2);
  });
});

describe("the language", () => {
  it("is the system’s until one is chosen, and again when the choice is taken back", async () => {
    const agent = new FakeAgent(scene("accounts")!);
    const language = async () => (await agent.snapshot()).language;
    expect(await language()).toEqual({ spoken: "en", chosen: false });
    await agent.setLanguage("de");
    expect(await language()).toEqual({ spoken: "de", chosen: true });
    await agent.setLanguage(null);
    expect(await language()).toEqual({ spoken: "en", chosen: false });
  });
});
