// Nothing that the window can show goes unseen: not a view, not a scene, not a fault, not a reason.

import { describe, expect, it } from "vitest";
import { pictures, views } from "../gallery/views";
import { faultCodes } from "../src/agent/fault-scenes";
import { scene, sceneNames } from "../src/agent/scenes";
import type { Recovery, Snapshot } from "../src/bindings";
import messages from "../messages/en.json";
import codes from "../../src-tauri/domain/src/fault/code.rs?raw";

const keys = Object.keys(messages);
const snapshots: Snapshot[] = sceneNames.map((name) => scene(name)!.snapshot);

/** Which of these nothing shows, each with what to do about it. */
function unseen(wanted: Iterable<string>, shown: Iterable<string>, todo: string): string[] {
  const seen = new Set(shown);
  return [...wanted].filter((each) => !seen.has(each)).map((each) => `${each}: ${todo}`);
}

/** The words between two points of the keys of the messages, as `reason.<cause>.what`. */
function named(pattern: RegExp): string[] {
  return keys.flatMap((key) => pattern.exec(key)?.[1] ?? []);
}

describe("the gallery", () => {
  it("shows every scene", () => {
    expect(pictures.map(({ name }) => name)).toEqual(sceneNames);
  });

  it("shows every view", () => {
    const files = Object.keys(import.meta.glob("../src/views/*.svelte")).map((path) => path.replace(/^.*\/|\.svelte$/g, ""));
    const todo = "no scene shows this view; add one to src/agent/scenes.ts, and to gallery/views.ts how it is opened";
    expect(unseen(files, views.map(({ file }) => file), todo)).toEqual([]);
    expect(unseen(views.map(({ file }) => file), files, "named in gallery/views.ts, but not in src/views")).toEqual([]);
  });

  it("shows every fault, with what mends it", () => {
    const rows = codes.matchAll(/= "(\w+)" => (\w+),/g);
    const real = Object.fromEntries([...rows].map(([, code, mends]) => [code!, inTypeScript(mends!)]));
    // What the window says of a code that it does not know.
    expect(faultCodes, "src/agent/fault-scenes.ts lists each fault where it is met").toEqual({ ...real, unexpected: "tryAgain" });
    const todo = "no scene shows this fault; add it to src/agent/fault-scenes.ts";
    expect(unseen(Object.keys(faultCodes), snapshots.flatMap(faultsOf), todo)).toEqual([]);
  });

  it("shows every reason and every forecast", () => {
    const accounts = snapshots.flatMap((each) => each.accounts);
    const causes = accounts.flatMap(({ reason }) => reason?.cause ?? []);
    const kinds = accounts.flatMap(({ forecast }) => forecast?.kind ?? []);
    const todo = "no scene shows it; add one to src/agent/reason-scenes.ts";
    expect(unseen(named(/^reason\.(\w+)\.what$/), causes, todo)).toEqual([]);
    expect(unseen(named(/^forecast\.(\w+)\.what$/), kinds, todo)).toEqual([]);
  });

  it("shows every piece of news", () => {
    const shown = snapshots.flatMap(({ notices }) => notices.map(({ code }) => code));
    expect(unseen(named(/^notice\.(\w+)/), shown, "no scene shows this notice; add one to src/agent/scenes.ts")).toEqual([]);
  });
});

function faultsOf({ accounts, attempt, notices }: Snapshot): string[] {
  const ofAccounts = accounts.flatMap(({ fault, outcome }) => [fault, outcome?.kind === "failed" ? outcome.fault : null]);
  return [...ofAccounts, attempt?.fault, ...notices.map(({ fault }) => fault)].flatMap((each) => each?.code ?? []);
}

/** Rust names it `TryAgain`, the bindings `tryAgain`. */
function inTypeScript(name: string): Recovery {
  return (name.charAt(0).toLowerCase() + name.slice(1)) as Recovery;
}
