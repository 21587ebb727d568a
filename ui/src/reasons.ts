// Why an account stopped, and what will stop it, in words. Causes and kinds are open lists: what this window has
// no sentence for is null, and whoever shows it says something plainer.

import type { AccountView, ForecastView, ReasonView, RecoveryView } from "./bindings";
import { weekdayWords } from "./time";
import { known, t, type Values } from "./words";

export interface Told {
  what: string;
  todo: string;
}

export interface ReasonWords extends Told {
  /** How sure it is; empty where nothing has to be said of that. */
  lead: string;
  /** What else it may be, likeliest first. */
  others: string[];
}

export function reasonWords({ cause, sureness, values, others }: ReasonView): ReasonWords | null {
  const told = toldBy(`reason.${cause}`, values);
  return (
    told && {
      ...told,
      lead: said(`reason.${sureness}`) ?? "",
      others: others.flatMap((other) => said(`reason.${other}.short`, values) ?? []),
    }
  );
}

export function forecastWords({ kind, at, count }: ForecastView, now: number, tag?: string): Told | null {
  const values: Values = {};
  if (at !== null) values.day = weekdayWords(at, now, tag);
  if (count !== null) values.count = count;
  return toldBy(`forecast.${kind}`, values);
}

/** Whether nothing but a consent brings it back. */
export function isStopped({ state }: AccountView): boolean {
  return state === "needsReconnect" || state === "needsSignIn";
}

/** Whether the button that mends it asks for a consent. */
export function asksConsent(recovery: RecoveryView): boolean {
  return recovery === "reconnect" || recovery === "signInAgain";
}

function toldBy(key: string, values: Values): Told | null {
  const what = said(`${key}.what`, values);
  const todo = said(`${key}.todo`, values);
  return what !== null && todo !== null ? { what, todo } : null;
}

function said(key: string, values?: Values): string | null {
  return known(key) ? t(key, values) : null;
}
