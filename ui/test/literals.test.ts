// Nothing that is read stands anywhere but among the sentences. Each state is drawn with sentences in brackets, and
// dates in Japanese: whatever Latin letters are left outside of brackets are either the agent's own, or forgotten.

import type { Component } from "svelte";
import { render } from "svelte/server";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { FakeAgent } from "../src/agent/fake";
import { changed } from "../src/agent/pretended";
import { scene, sceneNames, type Scene } from "../src/agent/scenes";
import { put, speak, spoken } from "../src/language.svelte";
import { shortName } from "../src/scopes";
import type { Page } from "../src/state/place.svelte";
import { walk } from "../src/walk.svelte";

vi.stubGlobal("document", { addEventListener: () => {}, documentElement: {} });

/** What is said by attribute. */
const SAID = ["aria-label", "title", "alt", "placeholder", "aria-description", "aria-roledescription"];

/** What is shown as it stands everywhere: nobody translates it. */
const ADDRESSES = Object.values(walk().pages);
const MOVES = ["file", "system"].map((to) => `evergrant-agent vault move --to ${to}`);
const AS_IT_IS = ["Evergrant", "evergrant token you@example.com", ...MOVES, ...ADDRESSES];

/** What stands for a face. */
const INITIALS = /<span class="colour-[^>]*>[^<]*<\/span>/g;
/** Each language in its own name. */
const LANGUAGE_NAMES = /<option[^>]*\slang="[^>]*>[^<]*<\/option>/g;

/** Drawing every state takes its time where others build. */
const PATIENCE = 60_000;

let draw: (shown: Scene) => Promise<string>;
/** What a view shows only once it was read. */
let lines: (shown: Scene) => string;

beforeAll(async () => {
  vi.useFakeTimers({ now: new Date(2026, 10, 21, 12), toFake: ["Date", "setInterval"] });
  const { default: App } = await import("../src/App.svelte");
  const { default: QuestionApp } = await import("../src/QuestionApp.svelte");
  const { default: OnDesk } = await import("./OnDesk.svelte");
  const { default: How } = await import("../src/views/How.svelte");
  const { default: Settings } = await import("../src/views/Settings.svelte");
  const { default: ClientImport } = await import("../src/views/ClientImport.svelte");
  const { Desk } = await import("../src/state/desk.svelte");
  const { Asked } = await import("../src/state/asked.svelte");
  /** What the window loads only when it is wanted, which nobody waits for here. */
  const later: Partial<Record<Page, Component>> = { client: ClientImport, how: How };
  draw = async (shown) => {
    const agent = new FakeAgent(shown);
    if (shown.snapshot.question !== null) {
      const asked = new Asked(agent);
      await asked.start();
      const { head, body } = render(QuestionApp, { props: { asked } });
      return head + body;
    }
    const desk = new Desk(agent, shown.opening);
    await desk.live.load();
    const Apart = later[shown.opening.page ?? "home"];
    const apart = Apart ? render(OnDesk, { props: { desk, piece: Apart } }).body : "";
    const { snapshot, shell } = desk.live;
    const settings = shown.opening.settings ? render(OnDesk, { props: { desk, piece: Settings, snapshot, shell } }).body : "";
    return render(App, { props: { desk } }).body + apart + settings;
  };
  const { default: HistoryList } = await import("../src/parts/HistoryList.svelte");
  const { default: LogEntry } = await import("../src/parts/LogEntry.svelte");
  lines = (shown) => {
    const { past, book } = shown;
    const histories = Object.values(past.lines).map((each) => render(HistoryList, { props: { lines: each, count: each.length } }));
    const logs = book.log.map((line) => render(LogEntry, { props: { line } }));
    return [...histories, ...logs].map(({ body }) => body).join("");
  };
  put("ja", changed(spoken.sentences, (text) => `⟦${text}⟧`));
}, PATIENCE);

afterAll(async () => {
  vi.useRealTimers();
  await speak("en");
});

/** Everything that is read in a page: its texts, and the attributes that are said. */
function readIn(html: string): string[] {
  const page = html.replace(/<!--.*?-->/gs, "").replace(INITIALS, "").replace(LANGUAGE_NAMES, "");
  const texts = page.split(/<[^>]*>/);
  const attributes = SAID.flatMap((name) => [...page.matchAll(new RegExp(`\\s${name}="([^"]*)"`, "g"))].map(([, said]) => said!));
  return [...texts, ...attributes].map(unescaped);
}

function unescaped(text: string): string {
  return text.replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&quot;/g, '"').replace(/&#39;/g, "'").replace(/&amp;/g, "&");
}

/** All that the agent gave to be shown. */
function given(shown: unknown): string[] {
  if (typeof shown === "string") return [shown];
  if (typeof shown !== "object" || shown === null) return [];
  return Object.values(shown).flatMap(given);
}

/** What is left of a text without sentences, and without what the agent gave. */
function forgotten(text: string, known: readonly string[]): string | null {
  let rest = text;
  // A sentence may hold another one.
  while (/⟦[^⟦⟧]*⟧/.test(rest)) rest = rest.replace(/⟦[^⟦⟧]*⟧/g, " ");
  // What one sentence says around a name that stands out comes in two pieces.
  rest = rest.replace(/⟦[^⟧]*$|^[^⟦]*⟧/g, " ");
  for (const each of known) rest = rest.replaceAll(each, " ");
  return rest.match(/\p{Script=Latin}{2,}/u)?.[0] ?? null;
}

/** The longest first, so that a part of one does not tear it. */
function allGiven(shown: Scene): string[] {
  const parts = given(shown).flatMap((each) => [each, shortName(each), ...each.split("@").flatMap((part, index) => (index === 0 ? part : [`@${part}`, part]))]);
  return [...parts, ...AS_IT_IS].filter((each) => each !== "").sort((a, b) => b.length - a.length);
}

describe("nothing is said past the sentences", () => {
  it.each(sceneNames)("in %s", async (name) => {
    const shown = scene(name)!;
    const html = (await draw(shown)) + lines(shown);
    const known = allGiven(shown);
    const texts = readIn(html);
    expect(texts.some((text) => text.includes("⟦"))).toBe(true);
    expect(texts.filter((text) => forgotten(text, known) !== null)).toEqual([]);
  }, PATIENCE);

  it("finds what was forgotten", () => {
    expect(forgotten("⟦Open ⟦File⟧ now⟧ Press here", [])).toBe("Press");
    expect(forgotten("⟦Open⟧ msmtp 12:30 – 十一月", ["msmtp"])).toBeNull();
  });
});
