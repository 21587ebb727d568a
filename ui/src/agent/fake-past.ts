// The part of the fake agent that remembers what happened to each account.

import type { FaultView, HistoryLineView, HistoryView, HistoryWhat } from "../bindings";
import type { Answer } from "./agent";

export interface FakePast {
  /** By account, newest first. */
  lines: Record<string, HistoryLineView[]>;
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
