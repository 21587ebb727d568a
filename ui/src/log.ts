// The log of what programs were answered, put in order. Lines come newest first and are numbered without gaps.

import type { LogLine, LogView } from "./bindings";
import { dateWords, daysBetween } from "./time";
import { known, t } from "./words";

export interface Day {
  words: string;
  lines: LogLine[];
}

/** The lines of each day together, in the time zone of this computer. */
export function byDay(lines: readonly LogLine[], now: number, tag?: string): Day[] {
  const days: Day[] = [];
  for (const line of lines) {
    const words = dayWords(line.at, now, tag);
    const last = days.at(-1);
    if (last?.words === words) last.lines.push(line);
    else days.push({ words, lines: [line] });
  }
  return days;
}

function dayWords(at: number, now: number, tag?: string): string {
  switch (daysBetween(at, now)) {
    case 0:
      return t("log.today");
    case 1:
      return t("log.yesterday");
    default:
      return dateWords(at, tag);
  }
}

/** Older lines below those that are shown. */
export function withOlder(shown: LogView, older: LogView): LogView {
  return {
    lines: [...shown.lines, ...older.lines],
    more: older.more,
    intact: shown.intact && older.intact,
  };
}

/** A fresh first page above those that are shown; older ones stay as far as nothing is missing between. */
export function withNewer(shown: LogView, fresh: LogView): LogView {
  const end = fresh.lines.at(-1)?.number;
  const first = shown.lines[0]?.number;
  if (end === undefined || first === undefined || (end > first && fresh.more)) return fresh;
  const older = shown.lines.filter(({ number }) => number < end);
  return older.length === 0
    ? fresh
    : { lines: [...fresh.lines, ...older], more: shown.more, intact: shown.intact && fresh.intact };
}

/** Why it was refused or failed; a code that this window does not know is shown as it is. */
export function whyWords({ code, outcome }: LogLine): string | null {
  if (code === null || (outcome !== "refused" && outcome !== "failed")) return null;
  const key = `problem.${code}.what`;
  return known(key) ? t(key) : code;
}
