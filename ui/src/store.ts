// What the agent has told, reduced purely: a snapshot, then one change after the other.

import type { AccountView, Change, ShellView, Snapshot } from "./bindings";

/** The next snapshot. A change that the snapshot already holds leaves it as it is. */
export function reduce(snapshot: Snapshot, { revision, what }: Change): Snapshot {
  if (revision <= snapshot.revision) return snapshot;
  const next = { ...snapshot, revision };
  switch (what.kind) {
    case "account":
      return { ...next, accounts: withAccount(snapshot.accounts, what.account) };
    case "accountGone":
      return { ...next, accounts: snapshot.accounts.filter(({ id }) => id !== what.id) };
    case "attempt":
      return { ...next, attempt: what.attempt };
    case "notices":
      return { ...next, notices: what.notices };
    case "providers":
      return { ...next, providers: what.providers };
    case "programs":
      return { ...next, programs: what.programs };
    case "question":
      return { ...next, question: what.question };
    case "language":
      return { ...next, language: what.language };
    case "settings":
      return { ...next, settings: what.settings };
    case "leaving":
      return { ...next, leaving: what.leaving };
    case "profile":
      // Everything is another: whoever holds the snapshot loads it again.
      return next;
  }
}

/** A snapshot that arrived after some changes: those it does not hold yet are put on top. */
export function catchUp(snapshot: Snapshot, waiting: readonly Change[]): Snapshot {
  return waiting.reduce(reduce, snapshot);
}

/** Cards keep their place when an account changes; a new one comes last. */
function withAccount(accounts: AccountView[], account: AccountView): AccountView[] {
  const known = accounts.some(({ id }) => id === account.id);
  return known
    ? accounts.map((each) => (each.id === account.id ? account : each))
    : [...accounts, account];
}

/** The answer to a question about the shell, unless the shell told something newer meanwhile. What is told once stays. */
export function catchUpShell(answer: ShellView, told: ShellView | null): ShellView {
  if (told === null) return answer;
  return {
    ...told,
    route: told.route === "home" ? answer.route : told.route,
    account: told.account ?? answer.account,
    dropFault: told.dropFault ?? answer.dropFault,
  };
}
