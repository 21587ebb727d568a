// The part of the fake agent that remembers what happened to each account.

import type { BrowserPick, FaultView, HistoryLineView, HistoryView, HistoryWhat, NamedBrowserView } from "../bindings";
import type { Answer } from "./agent";
import { chosen } from "./fake-settings";
import { fault } from "./people";

export interface FakePast {
  /** By account, newest first. */
  lines: Record<string, HistoryLineView[]>;
  /** By account, the one that it was connected in. */
  browsers: Record<string, NamedBrowserView>;
  /** Why it can't be read. */
  fault: FaultView | null;
  /** Milliseconds until it is told. */
  takes: number;
}

export class FakeMemory {
  constructor(private readonly past: FakePast) {}

  async tell(account: string, pause: (ms: number) => Promise<void>): Promise<Answer<HistoryView>> {
    const { lines, fault, takes } = this.past;
    await pause(takes);
    return fault === null
      ? { status: "ok", data: structuredClone({ account, lines: lines[account] ?? [] }) }
      : { status: "error", error: fault };
  }

  async browser(account: string): Promise<Answer<NamedBrowserView | null>> {
    return { status: "ok", data: this.past.browsers[account] ?? null };
  }

  async setBrowser(account: string, pick: BrowserPick | null): Promise<Answer> {
    const own = pick && chosen(pick);
    if (own) this.past.browsers[account] = own;
    else if (pick) return { status: "error", error: fault("request_refused", "nothing") };
    else delete this.past.browsers[account];
    return { status: "ok", data: null };
  }

  /** The same once more widens the newest line, as long as nothing else came between. */
  note(account: string, what: HistoryWhat, at: number): void {
    const [newest, ...older] = this.past.lines[account] ?? [];
    this.past.lines[account] =
      newest?.what === what
        ? [{ ...newest, last: at, times: newest.times + 1 }, ...older]
        : [happened(what, at), ...(newest ? [newest] : []), ...older];
  }
}

export function happened(what: HistoryWhat, last: number, own: Partial<HistoryLineView> = {}): HistoryLineView {
  return { what, first: last, last, times: 1, fault: null, program: null, ...own };
}
