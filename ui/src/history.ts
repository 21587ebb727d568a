// What happened to an account, line by line, newest first.

import type { HistoryLineView } from "./bindings";
import { spanWords } from "./time";
import { faultWords, t } from "./words";

/** How many lines are shown at first, and how many more at each press. */
export const PAGE = 20;

export interface HistoryWords {
  /** Whose doing it was, where it was a program's. */
  program: string | null;
  what: string;
  when: string;
  /** Why it failed or stopped. */
  why: string | null;
}

export function historyWords(line: HistoryLineView, now: number, tag?: string): HistoryWords {
  const { what: kind, first, last, times, fault } = line;
  const what = t(`history.${kind}`);
  return {
    program: kind === "given" || kind === "refused" ? (line.program ?? t("history.program")) : null,
    what: times > 1 ? t("history.times", { what, count: times }) : what,
    when: spanWords(first, last, now, tag),
    why: fault && faultWords(fault).what,
  };
}
