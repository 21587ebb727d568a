// Made-up programs: what they ask, what they may, and what the log says of it.

import type {
  AskerView,
  LogLine,
  LogOutcome,
  ProgramGrantView,
  ProgramView,
  ProgramsView,
  QuestionView,
  WishView,
} from "../bindings";
import type { FakeBook } from "./fake-broker";
import { AUTH, face } from "./people";
import type { Sketch } from "./scenes";

const now = Math.floor(Date.now() / 1000);
const HOUR = 3_600;
const DAY = 24 * HOUR;

const send = `${AUTH}gmail.send`;
const mail = "https://mail.google.com/";
const calendar = `${AUTH}calendar`;
const contacts = `${AUTH}contacts.readonly`;

const nobody = { package: null, unit: null, terminal: null, icon: null, startedBy: [], throughCommand: false };

const msmtp: AskerView = {
  ...nobody,
  name: "msmtp",
  path: "/usr/bin/msmtp",
  assurance: "system",
  package: "msmtp 1.8.25",
  startedBy: ["mutt", "bash"],
  unit: "app-terminal-4711.scope",
  terminal: "pts/3",
};
const evolution: AskerView = {
  ...nobody,
  name: "org.gnome.Evolution",
  path: null,
  assurance: "sandboxed",
  startedBy: ["gnome-shell"],
  icon: face,
};
const backup: AskerView = {
  ...nobody,
  name: "backup-contacts.py",
  path: "/home/alice/bin/backup-contacts.py",
  assurance: "script",
  startedBy: ["systemd"],
  unit: "backup-contacts.service",
};
const hidden: AskerView = { ...nobody, name: "agent-x", path: null, assurance: "hidden", startedBy: ["bash"], terminal: "pts/1" };

function wish(email: string, ...scopes: string[]): WishView {
  return { email, providerName: "Google", scopes };
}

function question(id: number, program: AskerView, wishes: WishView[], own: Partial<QuestionView> = {}): QuestionView {
  return { id, program, wishes, reason: null, deadline: now + 115, behind: 0, onlyOnce: false, ...own };
}

const sending = question(1, msmtp, [wish("alice@example.com", send)], { reason: "Send the mail in the queue" });

function asks(first: QuestionView, ...waiting: QuestionView[]): Sketch {
  return { snapshot: { question: { ...first, behind: waiting.length } }, book: { waiting } };
}

function grant(id: string, who: string, scopes: string[], own: Partial<ProgramGrantView> = {}): ProgramGrantView {
  return {
    id,
    account: who,
    email: `${who}@example.com`,
    scopes,
    since: now - 12 * DAY,
    until: null,
    lastUsed: now - 300,
    uses: 214,
    ...own,
  };
}

function program(asker: AskerView, grants: ProgramGrantView[], own: Partial<ProgramView> = {}): ProgramView {
  const { name, path, assurance, throughCommand } = asker;
  const key = `${throughCommand ? "command " : ""}${path ?? name}`;
  return { key, name, path, assurance, throughCommand, grants, refusedUntil: null, muted: false, ...own };
}

const some: ProgramView[] = [
  program(evolution, [
    grant("e1", "alice", [mail, calendar]),
    grant("e2", "bob", [mail], { lastUsed: now - 2 * DAY, uses: 31 }),
  ]),
  program(msmtp, [grant("m1", "alice", [send], { since: now - HOUR, until: now + 11 * HOUR, uses: 1, lastUsed: now - 40 })]),
  program({ ...backup, throughCommand: true }, [grant("b1", "alice", [], { uses: 0, lastUsed: null, since: now - 60 })]),
];
const silent: ProgramView[] = [
  program({ ...nobody, name: "tracker", path: "/home/alice/.local/bin/tracker", assurance: "personal" }, [], { muted: true }),
  program(backup, [], { refusedUntil: now + 900 }),
  program(msmtp, [grant("m1", "alice", [send])], { refusedUntil: now + 240 }),
];
const many = Array.from({ length: 12 }, (_, n) =>
  program({ ...msmtp, name: `program-${n + 1}`, path: `/usr/bin/program-${n + 1}` }, [
    grant(`g${n}`, n % 3 === 0 ? "bob" : "alice", [send, calendar].slice(0, (n % 2) + 1), { uses: n * 7, lastUsed: n === 0 ? null : now - n * HOUR }),
  ]),
);

function line(number: number, at: number, asker: AskerView, outcome: LogOutcome, own: Partial<LogLine> = {}): LogLine {
  const { name, path } = asker;
  return { number, at, program: name, path, email: "alice@example.com", scopes: [send], outcome, code: null, ...own };
}

/** For cards of accounts that programs use, too. */
export const inUse: ProgramsView = { paused: false, programs: some, takenBack: null };

const told: LogLine[] = [
  line(131, now - 40, msmtp, "given"),
  line(130, now - 45, msmtp, "granted"),
  line(129, now - 900, hidden, "refused", { code: "approval_denied", scopes: [mail] }),
  line(128, now - 5 * HOUR, evolution, "failed", { code: "offline", email: "bob@example.com", scopes: [mail] }),
  line(127, now - DAY, evolution, "given", { scopes: [mail, calendar] }),
  line(126, now - DAY - 60, backup, "ended", { scopes: [contacts] }),
  line(125, now - DAY - HOUR, backup, "failed", { code: "from_a_newer_version", scopes: [contacts] }),
  ...Array.from({ length: 124 }, (_, n) => line(124 - n, now - 2 * DAY - n * 2 * HOUR, n % 4 === 0 ? evolution : msmtp, "given")),
];

function log(book: Partial<FakeBook>, opening: Sketch["opening"] = {}): Sketch {
  return { snapshot: { programs: inUse }, book, opening: { page: "log", ...opening } };
}

function list(programs: ProgramView[], more: Partial<ProgramsView> = {}): Sketch {
  return { snapshot: { programs: { ...inUse, programs, ...more } }, book: { log: told }, opening: { page: "programs" } };
}

export const programSketches: Record<string, Sketch> = {
  "question-system": asks(sending),
  "question-sandboxed": asks(question(1, evolution, [wish("alice@example.com", mail, calendar, contacts)])),
  "question-script": asks(question(1, backup, [wish("alice@example.com", contacts)])),
  "question-hidden": asks(question(1, hidden, [wish("alice@example.com", mail)], { onlyOnce: true, reason: "System update" })),
  "question-command": asks(question(1, { ...msmtp, throughCommand: true }, [wish("alice@example.com")])),
  "question-several": asks(
    question(1, evolution, [wish("alice@example.com", mail, calendar), wish("dora.maria.fernandez-ostergard@long-name.example.com", contacts)], {
      reason: "Show your mail, your appointments and the people you write to. You can change this later in the preferences.",
    }),
    question(2, msmtp, [wish("alice@example.com", send)]),
    question(3, backup, [wish("bob@example.com", contacts)]),
    question(4, hidden, [wish("alice@example.com", mail)], { onlyOnce: true }),
  ),
  "question-ending": asks({ ...sending, deadline: now + 20 }),
  "question-none": {},

  programs: list(some),
  "programs-empty": list([]),
  "programs-paused": list(some, { paused: true }),
  "programs-many": list(many),
  "programs-taken": list(some, { takenBack: { program: "msmtp", until: now + 60 } }),
  "programs-muted": list(silent),
  "programs-change": { ...list(some), opening: { page: "programs", changing: "e1" } },
  "programs-end-all": { ...list(some), opening: { page: "programs", endingAll: true } },

  log: log({ log: told }),
  "log-empty": log({ log: [] }),
  "log-broken": log({ log: told, intact: false }),
  "log-search": log({ log: told }, { search: "evolution" }),
  "log-nothing": log({ log: told }, { search: "thunderbird" }),
};
