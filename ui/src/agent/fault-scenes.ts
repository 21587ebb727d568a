// Every fault that there is, each where it is met: an attempt of its own, or the card of an account named after it.

import type { AccountView, Notice, Recovery } from "../bindings";
import { account, attempt, fault } from "./people";
import type { Sketch } from "./scenes";

const now = Math.floor(Date.now() / 1000);

type Codes = Record<string, Recovery>;

/** Met while an account is being connected. */
const consent: Codes = {
  consent_denied: "tryAgain",
  consent_timed_out: "tryAgain",
  browser_unavailable: "copyLink",
  listener_unavailable: "tryAgain",
  answer_from_stranger: "tryAgain",
  consent_refused: "tryAgain",
  no_lasting_access: "tryAgain",
  other_account_chosen: "reconnect",
  identity_unproven: "tryAgain",
  code_refused: "tryAgain",
  answer_lost: "tryAgain",
  consent_interrupted: "tryAgain",
};

/** With these the account no longer works. */
const stopped: Codes = {
  grant_ended: "reconnect",
  grant_unknown: "reconnect",
  account_deleted: "reconnect",
  rotation_lost: "reconnect",
  sign_in_expired: "signInAgain",
};

/** Met by an account that goes on working, or waits until something is mended. */
const met: Record<string, Codes> = {
  account: { disconnecting: "nothing", account_unknown: "nothing", already_at_work: "nothing", stopping: "tryAgain" },
  client: {
    client_missing: "importClient",
    client_refused: "importClient",
    client_deleted: "importClient",
    client_mismatch: "reconnect",
    client_in_use: "nothing",
    client_file_unreadable: "importClient",
    client_file_web: "importClient",
    client_file_service_account: "importClient",
    client_file_incomplete: "importClient",
  },
  provider: {
    administrator_blocked: "askAdministrator",
    request_refused: "tryAgain",
    provider_busy: "tryAgain",
    provider_down: "tryAgain",
    provider_unreadable: "tryAgain",
    provider_silent: "tryAgain",
    provider_refused: "tryAgain",
    provider_unknown: "nothing",
  },
  network: {
    offline: "tryAgain",
    name_not_found: "tryAgain",
    captive_portal: "signInToNetwork",
    proxy_refused: "mendNetwork",
    connection_intercepted: "mendNetwork",
    clock_wrong: "setClock",
  },
  vault: {
    vault_unreachable: "mendVault",
    vault_absent: "mendVault",
    vault_empty: "mendVault",
    vault_locked: "unlockVault",
    vault_dismissed: "unlockVault",
    vault_denied: "mendVault",
    vault_too_small: "mendVault",
    vault_item_damaged: "reconnect",
    vault_item_missing: "reconnect",
    vault_unfaithful: "mendVault",
    vault_failed: "mendVault",
  },
  "vault-file": {
    passphrase_missing: "unlockVault",
    passphrase_wrong: "unlockVault",
    vault_file_damaged: "mendVault",
    vault_file_busy: "tryAgain",
    backup_unreadable: "nothing",
  },
  computer: {
    disk_full: "mendComputer",
    ledger_failed: "mendComputer",
    ledger_too_new: "mendComputer",
    practice_unavailable: "tryAgain",
    desktop_refused: "tryAgain",
  },
};

/** What the window says of a code that it does not know. */
const unknown: Codes = { unexpected: "tryAgain" };

/** All of them, with what mends each. */
export const faultCodes: Codes = Object.assign({}, consent, stopped, unknown, ...Object.values(met));

/** A card for each, with the address of its code. */
function cards(codes: Codes, dress: (code: string, recovery: Recovery) => Partial<AccountView>): Sketch {
  const accounts = Object.entries(codes).map(([code, recovery]) => account(code, now, dress(code, recovery)));
  return { snapshot: { accounts } };
}

function failing(code: string, recovery: Recovery): Partial<AccountView> {
  return { outcome: { kind: "failed", at: now, activity: "testing", fault: fault(code, recovery, "the other side’s own words") } };
}

function broken(code: string, recovery: Recovery): Partial<AccountView> {
  const state = recovery === "signInAgain" ? "needsSignIn" : "needsReconnect";
  return { state, freshUntil: null, fault: fault(code, recovery) };
}

function each(names: string[], of: (name: string) => Sketch): Record<string, Sketch> {
  return Object.fromEntries(names.map((name) => [`faults-${name.replaceAll("_", "-")}`, of(name)]));
}

const news: Notice[] = Object.keys(unknown).map((code, id) => ({
  id,
  code: "fault",
  tone: "problem",
  values: {},
  fault: fault(code, "tryAgain", "the other side’s own words"),
}));

export const faultSketches: Record<string, Sketch> = {
  ...each(Object.keys(consent), (code) => ({
    snapshot: { attempt: attempt(now, { step: "failed", fault: fault(code, consent[code]!) }) },
  })),
  ...each(["account-stopped"], () => cards(stopped, broken)),
  ...each(Object.keys(met), (where) => cards(met[where]!, failing)),
  "faults-unknown": { snapshot: { accounts: [account("alice", now)], notices: news } },
};
