// What happened to one account, as it was last told.

import type { Agent } from "../agent";
import { settle } from "../answers";
import type { FaultView, HistoryLineView } from "../bindings";

export class HistoryReader {
  /** Newest first; null before the first answer. */
  lines = $state.raw<HistoryLineView[] | null>(null);
  /** Why the last answer did not come; the lines before it stay. */
  fault = $state.raw<FaultView | null>(null);

  /** Counts what was asked, so that an answer overtaken by a later one is not shown. */
  #asked = 0;

  constructor(private readonly agent: Pick<Agent, "history">) {}

  async read(account: string): Promise<void> {
    const asked = ++this.#asked;
    const { data, fault } = await settle(this.agent.history(account));
    if (asked !== this.#asked) return;
    this.fault = fault;
    if (data !== null) this.lines = data.lines;
  }
}
