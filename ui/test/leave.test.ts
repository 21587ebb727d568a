// The ways out: what is said before, on the way and where it does not go on.

import { render } from "svelte/server";
import { describe, expect, it } from "vitest";
import { FakeAgent } from "../src/agent/fake";
import { scene } from "../src/agent/scenes";
import { Desk } from "../src/state/desk.svelte";
import { dialogOf } from "../src/view";
import OnDesk from "./OnDesk.svelte";
import DeleteDialog from "../src/views/DeleteDialog.svelte";
import DisconnectAllDialog from "../src/views/DisconnectAllDialog.svelte";

function html(name: string): string {
  const shown = scene(name)!;
  const desk = new Desk(new FakeAgent(shown), shown.opening);
  desk.live.snapshot = shown.snapshot;
  const piece = dialogOf(shown.snapshot, desk.place.leaving) === "delete" ? DeleteDialog : DisconnectAllDialog;
  return render(OnDesk, { props: { desk, piece } }).body;
}

function ids(html: string): string[] {
  return [...html.matchAll(/data-testid="([^"]*)"/g)].map(([, id]) => id!);
}

describe("disconnecting all", () => {
  it("says how many, and asks once", () => {
    const asked = html("disconnect-all");
    expect(asked).toContain("Disconnect all 3 accounts?");
    expect(ids(asked)).toEqual(["disconnect-all-dialog", "disconnect-all-confirm", "disconnect-all-cancel"]);
  });

  it("says how far it is", () => {
    expect(html("disconnect-all-works")).toContain("Disconnected: 1 of 3");
    expect(html("disconnect-all-done")).toContain("All accounts are disconnected");
  });

  it("names those that have to wait, and why", () => {
    const waits = html("disconnect-all-waits");
    expect(waits.match(/data-testid="leave-waits"[^>]*data-code="offline"/g)).toHaveLength(2);
    expect(ids(html("disconnect-all-works"))).not.toContain("leave-waits");
  });

  it("ends with nobody connected and one piece of news", async () => {
    const agent = new FakeAgent(scene("disconnect-all")!, { pause: async () => {} });
    await agent.disconnectAll();
    await new Promise((done) => setTimeout(done));
    const { accounts, notices } = await agent.snapshot();
    expect(accounts).toEqual([]);
    expect(notices).toMatchObject([{ code: "disconnected_all", values: { count: "3" } }]);
  });
});

describe("deleting everything", () => {
  it("is asked before, and can be called off until it deletes", () => {
    expect(ids(html("delete"))).toContain("delete-cancel");
    for (const name of ["delete-ending", "delete-waits", "delete-unfinished", "delete-vault-unknown"]) {
      expect(ids(html(name)), name).toContain("delete-keep");
    }
    for (const name of ["delete-works", "delete-stuck-vault", "delete-stuck-busy", "delete-done"]) {
      expect(ids(html(name)), name).not.toContain("delete-keep");
    }
  });

  it("offers not to wait only where it waits, with the way to Google", () => {
    expect(ids(html("delete-ending"))).not.toContain("delete-now");
    for (const name of ["delete-waits", "delete-unfinished", "delete-vault-unknown"]) {
      expect(ids(html(name)), name).toEqual(expect.arrayContaining(["leave-google", "delete-now"]));
    }
  });

  it("is never stuck without a way on", () => {
    for (const name of ["delete-stuck-vault", "delete-stuck-busy"]) {
      expect(ids(html(name)), name).toEqual(expect.arrayContaining(["leave-fault", "delete-again", "delete-quit"]));
    }
    expect(ids(html("delete-stuck-vault"))).toContain("delete-past");
    expect(ids(html("delete-stuck-busy"))).not.toContain("delete-past");
  });

  it("is shown wherever the person went, once it has begun", () => {
    const { snapshot } = scene("delete-waits")!;
    for (const leaving of [null, "disconnect", "delete"] as const) expect(dialogOf(snapshot, leaving)).toBe("delete");
    expect(dialogOf({ ...snapshot, leaving: null }, null)).toBeNull();
    expect(dialogOf(null, "delete")).toBeNull();
  });

  it("goes through its steps, and stops where it is called off", async () => {
    let stop: (() => void) | null = null;
    const agent: FakeAgent = new FakeAgent(scene("delete")!, { pause: async () => stop?.() });
    const steps: (string | null)[] = [];
    await agent.onChange(({ what }) => {
      if (what.kind === "leaving") steps.push(what.leaving?.step ?? null);
    });
    stop = () => void agent.keepEverything();
    await agent.deleteEverything(false);
    await new Promise((done) => setTimeout(done));
    expect(steps).toEqual(["ending", null]);
    expect((await agent.snapshot()).accounts).toHaveLength(3);
    stop = null;
    await agent.deleteEverything(false);
    await new Promise((done) => setTimeout(done));
    expect(steps.slice(2)).toEqual(["ending", "ending", "ending", "deleting", "deleted"]);
  });
});
