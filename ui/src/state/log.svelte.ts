// The log as far as it is read: a page at a time, newest first, and only what is looked for.

import type { Agent } from "../agent";
import { settle } from "../answers";
import type { FaultView, LogView } from "../bindings";
import { withNewer, withOlder } from "../log";

/** Milliseconds without another letter before it is looked for. */
export const DEBOUNCE = 250;

export class LogReader {
  shown = $state.raw<LogView | null>(null);
  fault = $state.raw<FaultView | null>(null);
  /** What `shown` was looked for with. */
  searched = $state("");

  #wanted = "";
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Counts what was asked, so that an answer overtaken by a later one is not shown. */
  #asked = 0;
  #last: Promise<void> = Promise.resolve();

  constructor(private readonly agent: Pick<Agent, "programLog">) {}

  /** Looks at once. */
  async look(search: string): Promise<void> {
    clearTimeout(this.#timer);
    this.#wanted = search;
    await this.#ask(null, (_, page) => page);
  }

  /** Looks when no letter follows for a moment. */
  lookSoon(search: string): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.look(search), DEBOUNCE);
  }

  older(): Promise<void> {
    return this.#next(async () => {
      const last = this.shown?.lines.at(-1)?.number;
      if (last !== undefined) await this.#ask(last, (shown, page) => (shown ? withOlder(shown, page) : page));
    });
  }

  /** Something happened: what is new comes on top, what was read below stays. */
  renew(): Promise<void> {
    return this.#next(() => this.#ask(null, (shown, page) => (shown ? withNewer(shown, page) : page)));
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#asked += 1;
  }

  /** One after the other: news must not take away the older lines that are on their way. */
  #next(work: () => Promise<void>): Promise<void> {
    this.#last = this.#last.then(work);
    return this.#last;
  }

  async #ask(
    before: number | null,
    join: (shown: LogView | null, page: LogView) => LogView,
  ): Promise<void> {
    const asked = ++this.#asked;
    const search = this.#wanted;
    const { data, fault } = await settle(this.agent.programLog(search, before));
    if (asked !== this.#asked) return;
    this.fault = fault;
    if (data === null) return;
    this.shown = join(search === this.searched ? this.shown : null, data);
    this.searched = search;
  }
}
