// What somebody who helps has to know of an account, as plain text without anything that opens it.

import type { AccountView } from "./bindings";
import { shortName } from "./scopes";
import { t } from "./words";

/** All that is looked at. Of what fails only its code is: what a provider answered may hold anything. */
export type SupportFacts = Pick<
  AccountView,
  "id" | "email" | "provider" | "state" | "connectedSince" | "lastChecked" | "freshUntil" | "granted" | "missing"
> & {
  fault: { code: string } | null;
  reason: { cause: string; sureness: string } | null;
  forecast: { kind: string } | null;
};

const ID = /^[0-9a-f]{32}$/;
const VERSION = /^\d+\.\d+\.\d+[\w.+-]{0,20}$/;
const NAME = /^[a-z][\w-]{0,40}$/i;
const SCOPE = /^[a-z][\w.:/-]{0,127}$/i;
const DOMAIN = /^@[\p{L}\p{N}.-]{1,253}$/u;
/** No name of anything has so many letters and digits in a row; a secret has. */
const LONG = /[a-z0-9]{24}/i;

/** One fact a line, with times in UTC. `version` is Evergrant's own, `now` is in Unix seconds. */
export function supportText(facts: SupportFacts, version: string, now: number): string {
  const { reason, forecast, fault } = facts;
  const lines: [label: string, value: string | null][] = [
    [t("app.name"), VERSION.test(version) ? version : "?"],
    [t("support.account"), ID.test(facts.id) ? facts.id : named(facts.id)],
    [t("support.address"), masked(facts.email)],
    [t("support.kind"), named(facts.provider)],
    [t("support.state"), named(facts.state)],
    [t("support.fault"), fault && named(fault.code)],
    [t("support.cause"), reason && `${named(reason.cause)} (${named(reason.sureness)})`],
    [t("support.forecast"), forecast && named(forecast.kind)],
    [t("support.since"), time(facts.connectedSince)],
    [t("support.checked"), time(facts.lastChecked)],
    [t("support.fresh"), time(facts.freshUntil)],
    [t("account.may"), list(facts.granted)],
    [t("account.may_not"), list(facts.missing)],
    [t("support.made"), time(now)],
  ];
  return lines.map(([label, value]) => `${label}: ${value ?? "–"}`).join("\n");
}

/** `jane.doe@example.com` → `j…@example.com`. */
function masked(email: string): string {
  const at = email.lastIndexOf("@");
  const [first = ""] = email;
  const domain = at < 0 ? "" : email.slice(at);
  return `${at === 0 ? "" : first}…${DOMAIN.test(domain) && !LONG.test(domain) ? domain : ""}`;
}

function named(name: string): string {
  return NAME.test(name) && !LONG.test(name) ? name : "?";
}

function list(scopes: readonly string[]): string | null {
  if (scopes.length === 0) return null;
  return scopes.map((scope) => (SCOPE.test(scope) && !LONG.test(scope) ? shortName(scope) : "?")).join(", ");
}

function time(at: number | null): string | null {
  return at === null ? null : new Date(at * 1000).toISOString().replace(".000Z", "Z");
}
