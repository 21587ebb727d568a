import { render } from "svelte/server";
import { describe, expect, it, vi } from "vitest";
import { FakeAgent } from "../src/agent/fake";
import { scene } from "../src/agent/scenes";
import type { Snapshot } from "../src/bindings";
import { anotherFor, clientsOf, usersOf } from "../src/clients";
import { Desk } from "../src/state/desk.svelte";
import type { Opening } from "../src/state/place.svelte";
import { namedUsers } from "../src/users";
import { t } from "../src/words";
import OnDesk from "./OnDesk.svelte";
import AccountMend from "../src/parts/AccountMend.svelte";
import Choose from "../src/views/Choose.svelte";
import ClientImport from "../src/views/ClientImport.svelte";
import Clients from "../src/views/Clients.svelte";

/** A desk as a scene leaves it, on an agent that takes no time. */
function desk(name: string, more: Opening = {}): Desk {
  const shown = scene(name)!;
  const at = new Desk(new FakeAgent(shown, { now: () => 1_000, pause: async () => {} }), { ...shown.opening, ...more });
  at.live.snapshot = shown.snapshot;
  return at;
}

const draw = (piece: unknown, at: Desk, props = {}) => render(OnDesk, { props: { desk: at, piece: piece as never, ...props } }).body;
const tags = (html: string, testid: string) => html.match(new RegExp(`<[^>]*data-testid="${testid}"[^>]*>`, "g")) ?? [];
const several: Snapshot = scene("clients")!.snapshot;
const [work, own, spare] = clientsOf(several.providers[0]);

describe("several client files", () => {
  it("are asked about where an account is connected, the last used first; one is not", () => {
    const radios = (name: string, more?: Opening) => tags(draw(Choose, desk(name, more)), "client-google:[^\"]*");
    expect(radios("choose")).toEqual([]);
    expect(radios("choose-clients").map((tag) => tag.includes("checked"))).toEqual([true, false, false]);
    const chosen = radios("choose-clients", { draft: { client: own!.id } });
    expect(chosen.map((tag) => tag.includes("checked"))).toEqual([false, true, false]);
  });

  it("that was chosen is the one that is asked with, and an account keeps to it", async () => {
    const at = desk("choose-clients", { draft: { client: own!.id } });
    const asked = vi.spyOn(at.agent, "connect");
    const ask = { permissions: [], scopes: [] };
    await at.begin({ kind: "connect", provider: "google", client: at.client?.id ?? null, ask });
    expect(asked).toHaveBeenCalledWith("google", own!.id, ask);
    const again = vi.spyOn(at.agent, "reconnect");
    await at.begin({ kind: "reconnect", account: "chioma" });
    expect(again).toHaveBeenCalledWith("chioma", null);
  });

  it("that went is not chosen any more", () => {
    expect(desk("choose-clients", { draft: { client: "google:gone" } }).client).toEqual(work);
  });

  it("say who uses each", () => {
    expect(usersOf(own!, several.accounts)).toEqual(["alice@example.com", "bob@example.com"]);
    expect(usersOf(spare!, several.accounts)).toEqual([]);
    const html = draw(Clients, desk("clients"));
    expect(tags(html, "client")).toHaveLength(3);
    expect(html).toContain(t("clients.used_by", { emails: "chioma@school.example" }));
    expect(html).toContain(t("clients.unused"));
  });

  it("name a few of many", () => {
    const many = Array.from({ length: 9 }, (_, number) => `p${number}@example.com`);
    expect(namedUsers(many.slice(0, 5))).toContain("p4@example.com");
    expect(namedUsers(many)).toBe(t("clients.and_more", { emails: "p0@example.com, p1@example.com, p2@example.com, p3@example.com", count: 5 }));
  });

  it("are not removed while accounts need them, and these are named", () => {
    const used = draw(Clients, desk("clients-in-use"));
    expect(tags(used, "client-removal")[0]).toContain('data-used="true"');
    expect(used).toContain("alice@example.com");
    expect(tags(used, "client-remove-confirm")).toEqual([]);
    const unused = draw(Clients, desk("clients-removed"));
    expect(tags(unused, "client-removal")[0]).toContain('data-used="false"');
    expect(tags(unused, "client-remove-confirm")).toHaveLength(1);
  });
});

describe("one more client file", () => {
  it("is walked to from its beginning, and the same once more is chosen at once", () => {
    const at = desk("clients");
    at.place.bring("another");
    expect(draw(ClientImport, at)).toContain('data-step="project"');
    at.place.bring("again");
    expect(draw(ClientImport, at)).toContain('data-step="file"');
  });

  it("leads back to the others, and to nowhere else once the walk was left", () => {
    const at = desk("clients");
    at.place.bring("another");
    expect([at.place.page, at.place.bringing]).toEqual(["client", "another"]);
    at.place.go("programs");
    expect(at.place.bringing).toBeNull();
  });
});

describe("an account whose client file is of no use", () => {
  const account = scene("refresh-client-another")!.snapshot.accounts[0]!;
  const mend = (at: Desk, recovery: string) => draw(AccountMend, at, { account, recovery });

  it("can go on with another one, where there is one", () => {
    expect(anotherFor(account, several.providers)).toEqual(work);
    expect(mend(desk("refresh-client-another"), "importClient")).toContain("account-reconnect-with");
    expect(mend(desk("refresh-client"), "importClient")).not.toContain("account-reconnect-with");
    expect(mend(desk("refresh-client-another"), "tryAgain")).not.toContain("account-reconnect-with");
  });
});

describe("the fake agent", () => {
  it("renames, keeps what is used, and forgets what is not", async () => {
    const at = desk("clients");
    const names = async () => clientsOf((await at.agent.snapshot()).providers[0]).map(({ name }) => name);
    await at.agent.renameClient(spare!.id, " Summer ");
    expect(await names()).toEqual(["Work", "Private", "Summer"]);
    await at.agent.renameClient(spare!.id, "");
    expect((await names())[2]).toBe(spare!.project);
    const refused = await at.agent.removeClient(own!.id);
    expect(refused).toMatchObject({ status: "error", error: { code: "client_in_use" } });
    await at.agent.removeClient(spare!.id);
    expect(await names()).toEqual(["Work", "Private"]);
  });

  it("sets another file beside those that are there", async () => {
    const at = desk("client");
    await at.agent.chooseClientFile("google");
    await at.agent.chooseClientFile("google");
    expect(clientsOf((await at.agent.snapshot()).providers[0])).toHaveLength(2);
  });
});
