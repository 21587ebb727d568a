// Accounts that stopped, that soon will, or that have a past.

import type { AccountView, ForecastView, HistoryLineView, ReasonView, Recovery, Sureness } from "../bindings";
import { happened } from "./fake-past";
import { account, fault, scopesOf } from "./people";
import { inUse } from "./program-scenes";
import type { Sketch } from "./scenes";

const now = Math.floor(Date.now() / 1000);
const HOUR = 3_600;
const DAY = 24 * HOUR;

const alice = account("alice", now);
const bob = account("bob", now, { granted: scopesOf("sendMail") });

function reason(cause: string, sureness: Sureness, others: string[] = [], recovery: Recovery = "reconnect"): ReasonView {
  return { cause, sureness, values: { provider: "Google" }, others, recovery };
}

function stopped(why: ReasonView): Sketch {
  const ended = fault("grant_ended", "reconnect", "invalid_grant: Token has been expired or revoked.");
  const card: AccountView = { ...alice, state: "needsReconnect", freshUntil: null, fault: ended, reason: why };
  return { snapshot: { accounts: [card, bob] } };
}

/** What mends it, where that is no new consent. */
const mends: Record<string, Recovery> = {
  administrator: "askAdministrator",
  session_control: "signInAgain",
  client_deleted: "importClient",
};
const causes = [
  ...["testing_ended", "unused", "password_changed", "too_many_consents", "removed_by_person", "time_limited"],
  ...["administrator", "session_control", "account_deleted", "client_deleted", "revoked_elsewhere", "security_purge"],
  ...["vault_lost", "other_client", "rotation_lost", "unknown"],
];

/** A card for each, with the address of its cause. */
function everyReason(): Sketch {
  const accounts = causes.map((cause) =>
    account(cause, now, {
      state: cause === "session_control" ? "needsSignIn" : "needsReconnect",
      freshUntil: null,
      fault: fault("grant_ended", "reconnect"),
      reason: reason(cause, "certain", [], mends[cause]),
    }),
  );
  return { snapshot: { accounts } };
}

function warned(forecast: ForecastView): Sketch {
  return { snapshot: { accounts: [{ ...alice, forecast }, bob] } };
}

function past(lines: HistoryLineView[]): Sketch {
  return { snapshot: { accounts: [alice] }, past: { lines: { alice: lines } }, opening: { opened: new Set(["history alice"]) } };
}

const offline = fault("offline", "tryAgain", "dns error");
const ended = fault("grant_ended", "reconnect", "invalid_grant");
const morning = new Date(now * 1000).setHours(0, 12, 0, 0) / 1000;

const eventful: HistoryLineView[] = [
  happened("refreshed", now - 240, { first: Math.min(morning, now - 240), times: 14 }),
  happened("given", now - HOUR, { program: "msmtp", first: now - DAY, times: 31 }),
  happened("failed", now - DAY, { fault: offline, first: now - DAY - 900, times: 3 }),
  happened("refused", now - DAY - HOUR, { program: "backup-contacts.py" }),
  happened("reconnected", now - 2 * DAY),
  happened("stopped", now - 3 * DAY, { fault: ended }),
  happened("refreshed", now - 3 * DAY, { first: now - 38 * DAY, times: 812 }),
  happened("connected", now - 40 * DAY),
];
/** Before that, week by week: more than is shown at once. */
const weeks: HistoryLineView[] = Array.from({ length: 24 }, (_, week) => {
  const end = now - 39 * DAY - week * 7 * DAY;
  return [
    happened("refreshed", end, { first: end - 6 * DAY, times: 120 + week }),
    happened("failed", end - 6 * DAY - HOUR, { fault: offline }),
  ];
}).flat();

export const reasonSketches: Record<string, Sketch> = {
  "reason-certain": stopped(reason("account_deleted", "certain")),
  "reason-likely": stopped(reason("testing_ended", "likely", ["password_changed", "removed_by_person"])),
  "reason-possible": stopped(reason("removed_by_person", "possible", ["password_changed", "too_many_consents", "security_purge"])),
  "reason-client": stopped(reason("client_deleted", "certain", [], "importClient")),
  "reason-unknown": stopped(reason("from_the_future", "likely")),

  "reasons-all": everyReason(),

  "forecast-testing": warned({ kind: "testing_ends", at: now + 2 * DAY, count: null, recovery: "reconnect" }),
  "forecast-time-limited": warned({ kind: "time_limited", at: now + DAY, count: null, recovery: "reconnect" }),
  "forecast-idle": warned({ kind: "idle", at: now + 20 * DAY, count: null, recovery: "tryAgain" }),
  "forecast-consents": warned({ kind: "consents", at: null, count: 90, recovery: "nothing" }),

  history: past(eventful),
  "history-empty": past([]),
  "history-long": past([...eventful.slice(0, -1), ...weeks, happened("connected", now - 250 * DAY)]),
  "history-failed": { ...past([]), past: { fault: fault("ledger_failed", "mendComputer", "database is locked") } },
  "history-reading": { ...past(eventful), past: { takes: 1e9 } },

  "accounts-open": {
    snapshot: { accounts: [alice], programs: inUse },
    past: { lines: { alice: eventful }, browsers: { alice: { browser: "firefox.desktop", profile: null, label: "Firefox" } } },
    opening: { opened: new Set(["users alice", "history alice", "browser alice", "support alice"]) },
  },

  "account-browser-gone": {
    snapshot: { accounts: [alice] },
    past: { browsers: { alice: { browser: "gone.desktop", profile: "work", label: "Firefox – Work" } } },
    opening: { opened: new Set(["browser alice"]) },
  },

  "vault-waiting": {
    snapshot: { accounts: [{ ...alice, freshUntil: now - 60, fault: fault("vault_locked", "unlockVault") }, bob] },
  },
};
