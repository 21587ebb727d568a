// The ways out of the agent in memory: all accounts at once, and all that is kept.

import type { AccountView, ChangeKind, LeavingView, Notice, Snapshot } from "../bindings";

/** What it needs of the agent around it. */
export interface Around {
  snapshot(): Snapshot;
  tell(what: ChangeKind): void;
  note(news: Pick<Notice, "code" | "tone"> & Partial<Notice>): void;
  pause(ms: number): Promise<void>;
}

export class FakeLeaving {
  /** Ends the deletion that runs; a late step of an older one finds another number. */
  #epoch = 0;

  constructor(private readonly around: Around) {}

  /** One after the other, so that its progress can be watched. */
  async disconnectAll(): Promise<void> {
    const { accounts } = this.around.snapshot();
    for (const each of accounts) {
      const account: AccountView = { ...each, state: "disconnecting", busy: "disconnecting", fault: null, outcome: null };
      this.around.tell({ kind: "account", account });
    }
    for (const { id } of accounts) {
      await this.around.pause(700);
      this.around.tell({ kind: "accountGone", id });
    }
    const [only, ...others] = accounts;
    if (others.length > 0) this.around.note({ code: "disconnected_all", tone: "good", values: { count: String(accounts.length) } });
    else if (only) this.around.note({ code: "disconnected", tone: "good", values: { email: only.email } });
  }

  async deleteEverything(now: boolean): Promise<void> {
    const epoch = ++this.#epoch;
    for (let { accounts } = this.around.snapshot(); !now && accounts.length > 0; ({ accounts } = this.around.snapshot())) {
      this.#step("ending", accounts);
      await this.around.pause(700);
      if (epoch !== this.#epoch) return;
      this.around.tell({ kind: "accountGone", id: accounts[0]!.id });
    }
    this.#step("deleting");
    await this.around.pause(900);
    this.#step("deleted");
  }

  keep(): void {
    if (this.around.snapshot().leaving?.step !== "ending") return;
    this.#epoch += 1;
    this.around.tell({ kind: "leaving", leaving: null });
  }

  #step(step: LeavingView["step"], accounts: AccountView[] = []): void {
    const waiting = accounts.map(({ email }) => ({ email, fault: null }));
    this.around.tell({ kind: "leaving", leaving: { step, waiting, unfinished: 0, fault: null } });
  }
}
