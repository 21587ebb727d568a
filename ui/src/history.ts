// What happened to an account, line by line, newest first.

import type { HistoryLineView } from "./bindings";
import { spanWords } from "./time";
import { faultWords, t } from "./words";

/** How many lines are shown at first, and how many more at each press. */
export const PAGE = 20;

export interface HistoryWords {
  what: string;
  when: string;
  /** Why it failed or stopped. */
  why: string | null;
}

export function historyWords(line: HistoryLineView, now: number, tag?: string): HistoryWords {
  const { first, last, times, fault } = line;
  const what = t(`history.${line.what}`, { program: apart(line.program ?? t("history.program")) });
  return {
    what: times > 1 ? t("history.times", { what, count: times }) : what,
    when: spanWords(first, last, now, tag),
    why: fault && faultWords(fault).what,
  };
}

/** However a name is written, what stands around it keeps its place (Unicode's first strong isolate). */
function apart(name: string): string {
  return `\u2068${name}\u2069`;
}
