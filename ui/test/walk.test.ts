import { render } from "svelte/server";
import { beforeAll, describe, expect, it, vi } from "vitest";
import google from "../steps/google.json";
import messages from "../messages/en.json";
import codes from "../../src-tauri/domain/src/fault/code.rs?raw";
import { FakeAgent } from "../src/agent/fake";
import { permissions } from "../src/agent/people";
import { scene } from "../src/agent/scenes";
import { emptyDraft } from "../src/draft";
import type { Desk } from "../src/state/desk.svelte";
import { addressOf, apisFor, indexOf, say, stepOf, walk as walkNow } from "../src/walk.svelte";

const draft = emptyDraft();
const walk = walkNow();

/** What a field of a step holds. Whoever writes a step by hand is told what is missing or misspelt. */
const SHAPE: Record<string, (value: unknown) => boolean> = {
  id: (value) => typeof value === "string" && /^[a-z]+$/.test(value),
  page: (value) => value === null || typeof value === "string",
  open: (value) => value === null || isKey(value),
  picture: (value) => ["project", "apis", "consent", "client", "file"].includes(String(value)),
  title: isKey,
  says: (value) => Array.isArray(value) && value.length >= 1 && value.length <= 3 && value.every(isKey),
  notes: (value) => Array.isArray(value) && value.every(isKey),
  otherwise: (value) => Array.isArray(value) && value.length > 0,
  faults: (value) => Array.isArray(value),
};

function isKey(value: unknown): boolean {
  return Object.hasOwn(messages, String(value));
}

/** The faults of the Rust side; of the other things that go wrong, those that have words. */
function exists(fault: string): boolean {
  const [part, name = ""] = fault.split(".");
  if (part === "fault") return codes.includes(`= "${name}" =>`);
  if (part === "help") return isKey(`${fault}.see`);
  if (part === "check") return Object.keys(messages).some((key) => key.startsWith("check.") && key.endsWith(`.${name}`));
  return part === "forecast" && isKey(`${fault}.what`);
}

describe("the steps as they are written", () => {
  it("have the version that this window reads", () => {
    expect(Object.keys(google).toSorted()).toEqual(["apis", "pages", "provider", "steps", "version"]);
    expect(google).toMatchObject({ version: 1, provider: "google" });
  });

  it.each(google.steps.map((step) => [step.id, step] as const))("%s has its shape", (_, step) => {
    expect(Object.keys(step).toSorted()).toEqual(Object.keys(SHAPE).toSorted());
    const wrong = Object.entries(step).filter(([field, value]) => !SHAPE[field]!(value));
    expect(wrong).toEqual([]);
  });

  it.each(google.steps.map((step) => [step.id, step] as const))("%s says what it may look like instead", (_, step) => {
    for (const other of step.otherwise) {
      const { see, do: todo, step: leads, ...more } = { step: undefined, ...other };
      expect([see, todo].filter((key) => !isKey(key))).toEqual([]);
      if (leads !== undefined) expect(walk.steps.map(({ id }) => id)).toContain(leads);
      expect(more).toEqual({});
    }
  });

  it("know their faults, each once", () => {
    const faults = google.steps.flatMap((step) => step.faults as string[]);
    expect(faults.filter((fault) => !exists(fault))).toEqual([]);
    expect(faults.toSorted()).toEqual([...new Set(faults)].toSorted());
  });

  it("have names of their own", () => {
    const ids = [...google.steps, ...google.apis].map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it("know what each permission needs, and where that is switched on", () => {
    for (const { id } of permissions) expect(walk.apis.some((api) => api.permissions.includes(id))).toBe(true);
    for (const { id, name, page } of walk.apis) {
      expect(addressOf(page)).toMatch(/^https:\/\/console\.cloud\.google\.com\/apis\/library\/[a-z-]+\.googleapis\.com$/);
      expect(isKey(name)).toBe(true);
      expect(isKey(`check.${id}.switchedOff`), "it is named as a test names it").toBe(true);
    }
  });
});

describe("where the walk goes on", () => {
  it.each([
    ["fault.client_file_web", "client"],
    ["fault.client_file_service_account", "client"],
    ["fault.client_file_incomplete", "client"],
    ["fault.client_file_unreadable", "client"],
    ["fault.client_deleted", "client"],
    ["fault.administrator_blocked", "consent"],
    ["help.testing", "consent"],
    ["help.admin", "consent"],
    ["help.type", "client"],
    ["check.switchedOff", "apis"],
    ["forecast.testing_ends", "consent"],
    ["fault.offline", undefined],
  ])("%s leads back to %s", (fault, step) => {
    expect(stepOf(fault)).toBe(step);
  });

  it("begins anew at a step that is gone", () => {
    expect([indexOf(null), indexOf("long-ago"), indexOf("client")]).toEqual([0, 0, 3]);
  });

  it("asks for what the permissions need, and for the usual before any is chosen", () => {
    const ids = (own: Partial<typeof draft> & object, off: string | null = null) =>
      apisFor({ ...draft, ...own }, off).map(({ id }) => id);
    expect(ids({})).toEqual(["gmail", "calendar", "contacts", "drive"]);
    expect(apisFor({ ...draft, permissions: ["readMail", "sendMail", "driveFiles"] }, null).map(({ id }) => id)).toEqual(["gmail", "drive"]);
    expect(ids({ onlySignIn: true })).toEqual([]);
    expect(ids({ onlySignIn: true }, "calendar")).toEqual(["calendar"]);
    expect(ids({}, "signIn")).toHaveLength(4);
  });
});

describe("the walk in the window", () => {
  let at: (name: string) => { desk: Desk; agent: FakeAgent; draw: () => string };

  beforeAll(async () => {
    vi.stubGlobal("document", { addEventListener: () => {} });
    const { Desk } = await import("../src/state/desk.svelte");
    const { default: OnDesk } = await import("./OnDesk.svelte");
  const { default: ClientImport } = await import("../src/views/ClientImport.svelte");
    at = (name) => {
      const shown = scene(name)!;
      const agent = new FakeAgent(shown, { pause: async () => {} });
      const desk = new Desk(agent, shown.opening);
      desk.live.snapshot = shown.snapshot;
      return { desk, agent, draw: () => render(OnDesk, { props: { piece: ClientImport, desk } }).body };
    };
  });

  it.each(walk.steps.map((step, index) => [step.id, index, step] as const))("shows %s", (id, index, step) => {
    const { desk, draw } = at("client");
    desk.place.walkTo(id);
    const html = draw();
    expect(html).toContain(`Step ${index + 1} of 5`);
    for (const key of [step.title, ...step.says, ...step.notes]) expect(html).toContain(say(key));
    expect(html.includes(`data-testid="client-open-${id}"`)).toBe(step.page !== null);
    expect(html.includes('data-testid="client-choose"')).toBe(id === "file");
    expect(html.includes('data-testid="walk-have-file"')).toBe(id !== "file");
  });

  it("begins where the file is chosen when one is to be replaced", () => {
    expect(at("client-replace").draw()).toContain('data-step="file"');
    expect(at("client").draw()).toContain('data-testid="walk-step" data-step="project"');
  });

  it("shows the way back from a file of no use", () => {
    const { desk, draw } = at("client-web");
    desk.place.walkTo("file");
    expect(draw()).toContain('data-testid="show-where"');
  });

  it("lets a file go wherever one is", () => {
    const { desk, draw } = at("client-drag");
    desk.place.walkTo("apis");
    expect(draw()).toContain("Let go to use this file");
  });

  it("leaves other providers as they are", () => {
    const { draw } = at("client-other");
    expect(draw()).not.toContain("walk-step");
    expect(draw()).toContain('data-testid="client-choose"');
  });

  it("ends an attempt to go a step again", async () => {
    const { desk, agent } = at("attempt-help");
    await desk.showStep("google", "consent", null, null);
    expect((await agent.snapshot()).attempt).toBeNull();
    expect([desk.place.page, desk.place.step]).toEqual(["client", "consent"]);
  });
});
