import { describe, expect, it } from "vitest";
import { scene, sceneNames } from "../src/agent/scenes";
import { viewOf } from "../src/view";

function view(name: string) {
  const { snapshot, opening } = scene(name)!;
  return viewOf(snapshot, null, opening.page ?? "home", snapshot.providers[0]);
}

describe("which view is shown", () => {
  it.each([
    ["opening", "opening"],
    ["welcome", "welcome"],
    ["client", "client"],
    ["clients", "clients"],
    ["choose", "choose"],
    ["attempt-waiting", "attempt"],
    ["accounts", "accounts"],
    ["programs", "programs"],
    ["log", "log"],
    ["how", "how"],
  ])("%s", (name, wanted) => {
    expect(view(name)).toBe(wanted);
  });

  it("asks for the client file before the permissions", () => {
    const { snapshot } = scene("welcome")!;
    expect(viewOf(snapshot, null, "choose", snapshot.providers[0])).toBe("client");
    expect(viewOf(snapshot, null, "clients", snapshot.providers[0]), "none is left").toBe("client");
  });

  it("says so when nothing answers", () => {
    expect(viewOf(null, "closed", "home", undefined)).toBe("broken");
    expect(viewOf(null, null, "home", undefined)).toBe("opening");
  });

  it("finds a view for every scene", () => {
    for (const name of sceneNames) expect(view(name), name).not.toBe("broken");
  });
});
