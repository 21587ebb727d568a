// The ways out: all accounts at once, and all that is kept.

import type { AccountView, LeavingView } from "../bindings";
import { account, fault } from "./people";
import type { Sketch } from "./scenes";

const now = Math.floor(Date.now() / 1000);
const offline = fault("offline", "tryAgain");

const people = ["alice", "bob", "chioma"].map((id) => account(id, now));
const emails = people.map(({ email }) => email);

/** An account on its way out, and why it doesn't get on. */
function going(of: AccountView, waits: boolean): AccountView {
  return {
    ...of,
    state: "disconnecting",
    busy: waits ? null : "disconnecting",
    outcome: waits ? { kind: "failed", at: now, activity: "disconnecting", fault: offline } : null,
  };
}

/** All of these were confirmed; some are gone by now. */
function all(...left: AccountView[]): Sketch {
  return {
    snapshot: { accounts: left },
    opening: { leaving: "disconnect", confirmed: people.map(({ id }) => id) },
  };
}

function leaving(own: Partial<LeavingView>): Sketch {
  return {
    snapshot: { accounts: people, leaving: { step: "ending", waiting: [], unfinished: 0, fault: null, ...own } },
  };
}

const some = people.slice(1);

export const leaveSketches: Record<string, Sketch> = {
  "disconnect-all": { snapshot: { accounts: people }, opening: { leaving: "disconnect" } },
  "disconnect-all-works": all(...some.map((each) => going(each, false))),
  "disconnect-all-waits": all(...some.map((each) => going(each, true))),
  "disconnect-all-done": all(),

  delete: { snapshot: { accounts: people }, opening: { leaving: "delete" } },
  "delete-ending": leaving({ waiting: emails.map((email) => ({ email, fault: null })) }),
  "delete-waits": leaving({ waiting: emails.slice(1).map((email) => ({ email, fault: offline })) }),
  "delete-unfinished": leaving({ unfinished: 2 }),
  "delete-vault-unknown": leaving({ fault: fault("vault_locked", "unlockVault") }),
  "delete-works": leaving({ step: "deleting" }),
  "delete-stuck-vault": leaving({ step: "deleting", fault: fault("vault_dismissed", "unlockVault") }),
  "delete-stuck-busy": leaving({ step: "deleting", fault: fault("vault_file_busy", "tryAgain") }),
  "delete-done": leaving({ step: "deleted" }),
};
