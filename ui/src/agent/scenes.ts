// Every state of every view by name: `?state=<name>` opens it in a plain browser.

import type { AttemptView, FaultView, Notice, OwnClientView, ProviderView, ShellView, Snapshot } from "../bindings";
import type { Opening } from "../state/place.svelte";
import { crowd } from "./crowd";
import type { FakeWorld } from "./fake-world";
import type { FakeBook } from "./fake-broker";
import type { FakePast } from "./fake-past";
import { unchosen } from "./fake-settings";
import { faultSketches } from "./fault-scenes";
import { client } from "./fake-clients";
import { leaveSketches } from "./leave-scenes";
import { account, attempt as attemptView, AUTH, CLIENT, fault, permissions, scopesOf } from "./people";
import { inUse, programSketches } from "./program-scenes";
import { reasonSketches } from "./reason-scenes";

export interface Scene extends FakeWorld {
  opening: Opening;
}

export interface Sketch {
  snapshot?: Partial<Snapshot>;
  shell?: Partial<ShellView>;
  book?: Partial<FakeBook>;
  past?: Partial<FakePast>;
  broken?: string;
  opening?: Opening;
}

const now = Math.floor(Date.now() / 1000);

const google = googleWith(CLIENT);
const clientless: Partial<Snapshot> = {
  providers: [{ id: "google", name: "Google", client: { kind: "missing" } }],
};
const practice: Partial<Snapshot> = {
  profile: "practice",
  providers: [{ id: "practice", name: "Practice Google", client: { kind: "builtIn" } }],
};

const alice = account("alice", now);
const bob = account("bob", now, { granted: scopesOf("sendMail"), lastChecked: now - 7_200, freshUntil: now - 60 });

/** One of the person's own, one of their work, and one that nobody uses. */
const work = client("company-mail-1234", "Work");
const spare = client("an-experiment-of-last-summer");
const several: Partial<Snapshot> = {
  providers: [googleWith(work, { ...CLIENT, name: "Private" }, spare)],
  accounts: [alice, bob, account("chioma", now, { client: work.id })],
};

function googleWith(...clients: OwnClientView[]): ProviderView {
  return { id: "google", name: "Google", client: { kind: "imported", clients } };
}

function attempt(own: Partial<AttemptView>): Sketch {
  return { snapshot: { attempt: attemptView(now, own) } };
}

function failed(what: FaultView, own: Partial<AttemptView> = {}): Sketch {
  return attempt({ step: "failed", fault: what, ...own });
}

function importFault(code: string): Sketch {
  const notice: Notice = { id: 1, code: "fault", tone: "problem", values: {}, fault: fault(code, "importClient") };
  return { snapshot: { ...clientless, notices: [notice] }, opening: { page: "client" } };
}

/** A step of the walk to a client file. */
function step(step: string, more: Opening = {}): Sketch {
  return { snapshot: clientless, opening: { page: "client", step, ...more } };
}

function cards(...accounts: Snapshot["accounts"]): Sketch {
  return { snapshot: { accounts } };
}

function notices(...list: Omit<Notice, "id">[]): Sketch {
  return { snapshot: { accounts: [alice], notices: list.map((each, id) => ({ id, ...each })) } };
}

const sketches: Record<string, Sketch> = {
  opening: { snapshot: { opening: true } },
  broken: { broken: "the agent went away" },
  welcome: { snapshot: clientless },
  "welcome-practice": { snapshot: practice },

  client: { snapshot: clientless, opening: { page: "client" } },
  "client-drag": { snapshot: clientless, opening: { page: "client", dragging: true } },
  "client-unreadable": importFault("client_file_unreadable"),
  "client-web": importFault("client_file_web"),
  "client-service-account": importFault("client_file_service_account"),
  "client-incomplete": importFault("client_file_incomplete"),
  "client-project": step("project"),
  "client-project-different": step("project", { different: true }),
  "client-apis": step("apis"),
  "client-apis-chosen": step("apis", { draft: { permissions: ["sendMail", "readMail", "calendar"] } }),
  "client-apis-none": step("apis", { draft: { onlySignIn: true } }),
  "client-apis-off": {
    snapshot: { accounts: [alice] },
    opening: { page: "client", step: "apis", off: "calendar" },
  },
  "client-apis-different": step("apis", { different: true }),
  "client-consent": step("consent"),
  "client-consent-different": step("consent", { different: true }),
  "client-desktop": step("client"),
  "client-desktop-different": step("client", { different: true }),
  "client-file": step("file"),
  "client-file-different": step("file", { different: true }),
  "client-providers": {
    snapshot: { providers: [...clientless.providers!, { id: "work", name: "Work account", client: { kind: "missing" } }] },
    opening: { page: "client" },
  },
  "client-moved": { snapshot: several, opening: { page: "client", moved: CLIENT.id } },
  "client-other": {
    snapshot: { providers: [{ id: "work", name: "Work account", client: { kind: "missing" } }] },
    opening: { page: "client" },
  },
  "client-another": { snapshot: several, opening: { page: "client", bringing: "another", step: "project" } },
  "client-replace": { snapshot: { accounts: [alice] }, opening: { page: "client" } },

  clients: { snapshot: several, opening: { page: "clients" } },
  "clients-one": { snapshot: { accounts: [alice] }, opening: { page: "clients" } },
  "clients-renamed": { snapshot: several, opening: { page: "clients", client: { id: CLIENT.id, being: "renamed" } } },
  "clients-removed": { snapshot: several, opening: { page: "clients", client: { id: spare.id, being: "removed" } } },
  "clients-in-use": { snapshot: several, opening: { page: "clients", client: { id: CLIENT.id, being: "removed" } } },

  choose: { opening: { page: "choose" } },
  "choose-some": { opening: { page: "choose", draft: { permissions: ["readMail", "calendar"] } } },
  "choose-mail": {
    opening: { page: "choose", draft: { preset: "mail", permissions: ["sendMail", "readMail", "contacts"] } },
  },
  "choose-only-sign-in": { opening: { page: "choose", draft: { onlySignIn: true } } },
  "choose-advanced": {
    opening: {
      page: "choose",
      draft: { permissions: ["sendMail"], advanced: true, typed: "tasks.readonly\nyoutube.upload\nspecial.thing" },
    },
  },
  "choose-advanced-error": {
    opening: { page: "choose", draft: { advanced: true, typed: "gmail.send\nread my mail" } },
  },
  "choose-practice": { snapshot: practice, opening: { page: "choose" } },
  "choose-clients": { snapshot: several, opening: { page: "choose", draft: { permissions: ["calendar"] } } },
  "choose-providers": {
    snapshot: { providers: [google, { id: "work", name: "Work account", client: { kind: "builtIn" } }] },
    opening: { page: "choose" },
  },

  "attempt-opening": attempt({ step: "opening" }),
  "attempt-waiting": attempt({}),
  "attempt-waiting-known": {
    snapshot: { ...attempt({ purpose: "reconnecting", email: alice.email }).snapshot, accounts: [alice] },
  },
  "attempt-copies-opening": attempt({ step: "opening", copies: true }),
  "attempt-copies": attempt({ copies: true }),
  "attempt-asked-again": attempt({ askedAgain: true }),
  "attempt-help": { ...attempt({ email: alice.email, purpose: "reconnecting" }), opening: { help: true } },
  "attempt-no-browser": attempt({ fault: fault("browser_unavailable", "copyLink") }),
  "attempt-finishing": attempt({ step: "finishing" }),
  "attempt-saving": attempt({ step: "saving" }),
  "attempt-not-saved": attempt({ step: "notSaved", fault: fault("vault_locked", "unlockVault", "prompt timed out") }),
  "attempt-denied": failed(fault("consent_denied", "tryAgain")),
  "attempt-timed-out": failed(fault("consent_timed_out", "tryAgain")),
  "attempt-no-lasting-access": failed(fault("no_lasting_access", "tryAgain"), { askedAgain: true }),
  "attempt-other-account": failed(fault("other_account_chosen", "reconnect"), {
    purpose: "reconnecting",
    email: alice.email,
  }),
  "attempt-client-refused": failed(
    fault("client_refused", "importClient", "invalid_client: The OAuth client was not found."),
  ),
  "attempt-administrator": failed(fault("administrator_blocked", "askAdministrator"), { email: "chioma@school.example" }),
  "attempt-practice": { snapshot: { ...attempt({ provider: "practice" }).snapshot, ...practice } },

  accounts: cards(alice, bob),
  "accounts-in-use": { snapshot: { accounts: [alice, bob], programs: inUse } },
  "accounts-paused": { snapshot: { accounts: [alice], programs: { ...inUse, paused: true } } },
  "accounts-missing": cards(
    { ...alice, granted: scopesOf("readMail"), missing: [`${AUTH}calendar`, `${AUTH}contacts`] },
  ),
  "accounts-only-sign-in": cards(account("nameless", now, { granted: scopesOf(), lastChecked: null })),
  "accounts-unknown-scope": cards({ ...alice, granted: [...alice.granted, `${AUTH}special.thing.readonly`] }),
  "accounts-long": cards(account("dora", now, { granted: scopesOf("sendMail", "readMail", "calendar", "contacts", "driveFiles") })),
  "accounts-practice": {
    snapshot: { ...practice, accounts: [{ ...alice, provider: "practice", providerName: "Practice Google" }] },
  },
  "accounts-8": cards(...crowd(8, now)),
  "accounts-40": cards(...crowd(40, now)),
  "accounts-1000": cards(...crowd(1_000, now)),
  // From a notification about somebody who needs it, and about somebody far down.
  "accounts-called": { ...cards(...crowd(40, now)), shell: { route: "account", account: crowd(6, now)[5]!.id } },
  "accounts-called-far": { ...cards(...crowd(40, now)), shell: { route: "account", account: crowd(39, now)[38]!.id } },
  "accounts-nothing": { ...cards(...crowd(40, now)), opening: { finding: "nobody" } },
  testing: cards({ ...alice, busy: "testing" }, bob),
  refreshing: cards({ ...alice, busy: "refreshing" }),
  disconnecting: cards({ ...alice, state: "disconnecting", busy: "disconnecting" }),
  "disconnecting-waits": cards(
    { ...alice, state: "disconnecting", outcome: { kind: "failed", at: now, activity: "disconnecting", fault: fault("offline", "tryAgain") } },
    bob,
  ),
  connected: cards({ ...alice, outcome: { kind: "connected", at: now, renewed: false } }),
  renewed: cards({ ...alice, outcome: { kind: "connected", at: now, renewed: true } }),
  refreshed: cards({ ...alice, outcome: { kind: "refreshed", at: now, until: now + 3_599 } }),
  tested: cards({
    ...alice,
    lastChecked: now,
    outcome: {
      kind: "tested",
      at: now,
      lines: (["signIn", "identity", "gmail", "calendar"] as const).map((check) => ({ check, verdict: "works", fault: null })),
    },
  }),
  "tested-mixed": cards({
    ...alice,
    granted: scopesOf("readMail", "calendar", "contacts", "driveFiles"),
    outcome: {
      kind: "tested",
      at: now,
      lines: [
        { check: "signIn", verdict: "works", fault: null },
        { check: "identity", verdict: "works", fault: null },
        { check: "gmail", verdict: "works", fault: null },
        { check: "calendar", verdict: "switchedOff", fault: fault("provider_refused", "tryAgain", "accessNotConfigured") },
        { check: "contacts", verdict: "notAllowed", fault: null },
        { check: "drive", verdict: "failed", fault: fault("provider_busy", "tryAgain", "503 Service Unavailable") },
      ],
    },
  }),
  "test-failed": cards({ ...alice, outcome: { kind: "failed", at: now, activity: "testing", fault: fault("offline", "tryAgain", "dns error") } }),
  "refresh-busy": cards({ ...alice, outcome: { kind: "failed", at: now, activity: "refreshing", fault: fault("provider_busy", "tryAgain", "429") } }),
  "refresh-client": cards({ ...alice, outcome: { kind: "failed", at: now, activity: "refreshing", fault: fault("client_deleted", "importClient", "deleted_client") } }),
  "refresh-client-another": {
    snapshot: {
      ...several,
      accounts: [{ ...alice, outcome: { kind: "failed", at: now, activity: "refreshing", fault: fault("client_deleted", "importClient", "deleted_client") } }],
    },
  },
  "refresh-administrator": cards({ ...alice, outcome: { kind: "failed", at: now, activity: "refreshing", fault: fault("administrator_blocked", "askAdministrator") } }),
  "refresh-vault": cards({ ...alice, outcome: { kind: "failed", at: now, activity: "refreshing", fault: fault("vault_locked", "unlockVault") } }),
  "needs-reconnect": cards(
    { ...alice, state: "needsReconnect", freshUntil: null, fault: fault("grant_ended", "reconnect", "invalid_grant: Token has been expired or revoked.") },
    bob,
  ),
  "needs-sign-in": cards(
    account("chioma", now, { state: "needsSignIn", fault: fault("sign_in_expired", "signInAgain", "invalid_rapt") }),
  ),

  "disconnect-dialog": { ...cards(alice, bob), opening: { disconnecting: "alice" } },
  "background-dialog": { ...cards(alice), shell: { askingBackground: true, keepsRunning: false, tray: false } },
  how: { ...cards(alice), opening: { page: "how" } },
  "how-practice": { snapshot: practice, opening: { page: "how" } },
  settings: { ...cards(alice), opening: { settings: true } },
  "settings-dark": { snapshot: { accounts: [alice], settings: unchosen({ theme: "dark" }) }, opening: { settings: true } },
  "settings-browser": {
    snapshot: {
      accounts: [alice],
      settings: unchosen({ browser: { kind: "own", browser: "firefox.desktop", profile: "work", label: "Firefox – Work" } }),
    },
    opening: { settings: true },
  },
  "settings-proxy": {
    snapshot: {
      accounts: [alice],
      settings: unchosen({ proxy: { kind: "own", address: "http://proxy.example:3128" }, vault: "file" }),
    },
    opening: { settings: true },
  },
  "settings-unclear": {
    snapshot: { accounts: [alice], settings: unchosen({ proxy: { kind: "own", address: "" }, vault: "unclear" }) },
    opening: { settings: true },
  },
  "settings-clients": { snapshot: several, opening: { settings: true } },
  "settings-practice": { snapshot: practice, opening: { settings: true } },
  "settings-clientless": { snapshot: clientless, opening: { settings: true } },

  notices: notices(
    { code: "disconnected", tone: "good", values: { email: "bob@example.com" }, fault: null },
    { code: "accounts_found", tone: "info", values: { count: "3" }, fault: null },
    { code: "fault", tone: "problem", values: {}, fault: fault("vault_locked", "unlockVault", "no answer within 30 s") },
  ),
  "notices-more": notices(
    { code: "ledger_moved_aside", tone: "problem", values: { file: "ledger-2026-11-21.damaged" }, fault: null },
    { code: "fault", tone: "problem", values: {}, fault: fault("ledger_too_new", "mendComputer") },
    { code: "config_mistake", tone: "problem", values: { file: "/home/alice/.config/evergrant/config.toml", line: "12", key: "issuer" }, fault: null },
    { code: "late_grant_returned", tone: "info", values: { email: "bob@example.com" }, fault: null },
  ),
  "notices-accounts": notices(
    { code: "connected", tone: "good", values: { email: "bob@example.com" }, fault: null },
    { code: "renewed", tone: "good", values: { email: "bob@example.com" }, fault: null },
    { code: "removed_here", tone: "good", values: { email: "bob@example.com" }, fault: null },
    { code: "client_imported", tone: "good", values: {}, fault: null },
  ),
  "notices-all-gone": notices({ code: "disconnected_all", tone: "good", values: { count: "4" }, fault: null }),
  "notices-computer": notices(
    { code: "clock_ahead", tone: "problem", values: { span: "3 hours" }, fault: null },
    { code: "clock_behind", tone: "problem", values: { span: "2 days" }, fault: null },
    { code: "book_moved_aside", tone: "problem", values: { file: "programs-2026-11-21.damaged" }, fault: null },
    { code: "door_taken", tone: "problem", values: {}, fault: null },
    { code: "door_unsafe", tone: "problem", values: {}, fault: null },
    { code: "door_closed", tone: "problem", values: {}, fault: null },
  ),
};

const everything: Record<string, Sketch> = {
  ...sketches,
  ...reasonSketches,
  ...faultSketches,
  ...leaveSketches,
  ...Object.fromEntries(Object.entries(programSketches).map(([name, sketch]) => [name, withAccounts(sketch)])),
};

/** Programs ask for the accounts of people who are here. */
function withAccounts({ snapshot, ...rest }: Sketch): Sketch {
  return { ...rest, snapshot: { accounts: [alice, bob], ...snapshot } };
}

export const sceneNames: string[] = Object.keys(everything);

export function scene(name: string): Scene | null {
  const sketch = everything[name];
  return sketch === undefined
    ? null
    : {
        snapshot: { ...empty(), ...sketch.snapshot },
        shell: { ...quiet(), ...sketch.shell },
        book: { waiting: [], log: [], intact: true, ...sketch.book },
        past: { lines: {}, browsers: {}, fault: null, takes: 400, ...sketch.past },
        broken: sketch.broken ?? null,
        opening: sketch.opening ?? {},
      };
}

function empty(): Snapshot {
  return {
    revision: 1,
    profile: "personal",
    opening: false,
    providers: [google],
    permissions,
    accounts: [],
    attempt: null,
    notices: [],
    programs: { paused: false, programs: [], takenBack: null },
    question: null,
    language: { spoken: "en", chosen: false },
    settings: unchosen(),
    leaving: null,
  };
}

function quiet(): ShellView {
  return {
    tray: true,
    startAtLogin: false,
    keepsRunning: true,
    askingBackground: false,
    version: "0.1.0",
    route: "home",
    account: null,
    dropFault: null,
  };
}

