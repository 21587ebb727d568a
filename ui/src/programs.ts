// What is said of programs and of what they may do.

import type { ProgramGrantView, ProgramsView, ProgramView } from "./bindings";
import { agoWords, momentWords } from "./time";
import { t, type Key } from "./words";

const TWELVE_HOURS = 12 * 3_600;

/** How long an access lasts. All times are Unix seconds. */
export function untilWords({ since, until }: Pick<ProgramGrantView, "since" | "until">, now: number, tag?: string): string {
  if (until === null) return t("programs.until_ended");
  if (until <= now) return t("programs.over", { ago: agoWords(until, now, tag) });
  const time = momentWords(until, now, tag);
  return until - since === TWELVE_HOURS ? t("programs.until_hours", { time }) : t("programs.until", { time });
}

export function usesWords({ uses, lastUsed }: Pick<ProgramGrantView, "uses" | "lastUsed">, now: number, tag?: string): string {
  if (uses === 0 || lastUsed === null) return t("programs.used_never");
  const ago = agoWords(lastUsed, now, tag);
  return t("programs.used", { count: uses, ago });
}

/** Why a program can't ask at present, or null when it can. */
export function silenceWords({ muted, refusedUntil }: ProgramView, now: number, tag?: string): string | null {
  if (muted) return t("programs.muted");
  if (refusedUntil === null || refusedUntil <= now) return null;
  return t("programs.refused", { time: momentWords(refusedUntil, now, tag) });
}

/** Ending its access and letting it ask again is one and the same step; it is named by what it changes. */
export function forgetKey({ grants }: ProgramView, silent: boolean): Key {
  if (!silent) return "programs.forget_end";
  return grants.length > 0 ? "programs.forget_both" : "programs.forget_ask";
}

export interface User {
  program: ProgramView;
  grants: ProgramGrantView[];
}

/** The programs that may use an account now, each with what it may. */
export function usersOf(account: string, { programs }: ProgramsView, now: number): User[] {
  const open = ({ account: of, until }: ProgramGrantView) => of === account && (until === null || until > now);
  return programs
    .map((program) => ({ program, grants: program.grants.filter(open) }))
    .filter(({ grants }) => grants.length > 0);
}

export function usersWords(count: number): string {
  return count === 0 ? t("programs.used_by_none") : t("programs.used_by", { count });
}

/** When a question ends by itself, in words: the time at first, the seconds near the end. */
export function deadlineWords(deadline: number, now: number, tag?: string): string {
  const left = deadline - now;
  if (left <= 0) return t("question.over");
  return left <= 30
    ? t("question.seconds", { count: left })
    : t("question.until", { time: momentWords(deadline, now, tag) });
}
