// Times in words, by Intl. All moments are Unix seconds, as the agent gives them.

import { locale } from "./language.svelte";
import { t } from "./words";

const DAY = 86_400;

export function clockWords(at: number, tag = locale()): string {
  return new Intl.DateTimeFormat(tag, { timeStyle: "short" }).format(at * 1000);
}

export function dateWords(at: number, tag = locale()): string {
  return new Intl.DateTimeFormat(tag, { dateStyle: "long" }).format(at * 1000);
}

/** "14:32" today, "tomorrow at 09:10", else with its date. */
export function momentWords(at: number, now: number, tag = locale()): string {
  const time = clockWords(at, tag);
  switch (daysBetween(now, at)) {
    case 0:
      return time;
    case 1:
      return t("time.tomorrow_at", { time });
    case -1:
      return t("time.yesterday_at", { time });
    default:
      return new Intl.DateTimeFormat(tag, { dateStyle: "medium", timeStyle: "short" }).format(at * 1000);
  }
}

/** "just now", "5 minutes ago", "yesterday". A clock that was set back reads as "just now". */
export function agoWords(at: number, now: number, tag = locale()): string {
  const seconds = Math.max(0, now - at);
  const relative = new Intl.RelativeTimeFormat(tag, { numeric: "auto" });
  if (seconds < 60) return t("time.just_now");
  if (seconds < 3_600) return relative.format(-Math.floor(seconds / 60), "minute");
  const days = -daysBetween(now, at);
  if (days === 0 || seconds < 6 * 3_600) return relative.format(-Math.floor(seconds / 3_600), "hour");
  if (days < 30) return relative.format(-days, "day");
  if (days < 365) return relative.format(-Math.floor(days / 30), "month");
  return relative.format(-Math.floor(days / 365), "year");
}

/** "Friday" within the next six days, else its date. */
export function weekdayWords(at: number, now: number, tag = locale()): string {
  const days = daysBetween(now, at);
  if (days < 0 || days > 6) return dayFormat(at, now, tag).format(at * 1000);
  return new Intl.DateTimeFormat(tag, { weekday: "long" }).format(at * 1000);
}

/** From one moment to another: "today 09:12 – 18:40", "yesterday 14:32", "3–9 May", "3 May – today". */
export function spanWords(first: number, last: number, now: number, tag = locale()): string {
  // A clock that was set back in between.
  const from = Math.min(first, last);
  const day = dayWords(last, now, tag);
  if (daysBetween(from, last) > 0) {
    return nameOf(last, now, tag) === null
      ? dayFormat(from, now, tag).formatRange(from * 1000, last * 1000)
      : t("time.days", { first: dayWords(from, now, tag), last: day });
  }
  const time = new Intl.DateTimeFormat(tag, { timeStyle: "short" }).formatRange(from * 1000, last * 1000);
  return t("time.day", { day, time });
}

/** "today", "yesterday", else "21 May", with its year where that is another one. */
function dayWords(at: number, now: number, tag: string): string {
  return nameOf(at, now, tag) ?? dayFormat(at, now, tag).format(at * 1000);
}

function nameOf(at: number, now: number, tag: string): string | null {
  const ago = daysBetween(at, now);
  return ago === 0 || ago === 1 ? new Intl.RelativeTimeFormat(tag, { numeric: "auto" }).format(-ago, "day") : null;
}

function dayFormat(at: number, now: number, tag: string): Intl.DateTimeFormat {
  const sameYear = new Date(at * 1000).getFullYear() === new Date(now * 1000).getFullYear();
  return new Intl.DateTimeFormat(tag, { day: "numeric", month: "long", year: sameYear ? undefined : "numeric" });
}

/** Calendar days from one moment to another, in the time zone of this computer. */
export function daysBetween(from: number, to: number): number {
  return Math.round((midnight(to) - midnight(from)) / DAY);
}

function midnight(at: number): number {
  return new Date(at * 1000).setHours(0, 0, 0, 0) / 1000;
}
