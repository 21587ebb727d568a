// Permissions as Google names them, said in plain words; and the typed-in ones, checked.

import { known, t } from "./words";

const PREFIX = "https://www.googleapis.com/auth/";
const SIGN_IN = ["openid", "email", "profile", "userinfo.email", "userinfo.profile", "offline_access"];

/** The name without its address: `gmail.send`, `mail.google.com`. */
export function shortName(scope: string): string {
  if (scope.startsWith(PREFIX)) return scope.slice(PREFIX.length);
  if (scope === "https://mail.google.com/") return "mail.google.com";
  return scope;
}

/** Only says who somebody is; opens nothing. */
export function isSignIn(scope: string): boolean {
  return SIGN_IN.includes(shortName(scope));
}

export function scopeWords(scope: string): string {
  const key = `scope.${shortName(scope)}`;
  // An unknown one is shown as it is: a guessed meaning would be worse than none.
  return known(key) && key !== "scope.unknown" && key !== "scope.sign_in"
    ? t(key)
    : t("scope.unknown", { scope });
}

export interface PlainPermission {
  words: string;
  scopes: string[];
}

/** One line for each permission; those of the sign-in share one. */
export function plainPermissions(scopes: readonly string[]): PlainPermission[] {
  const opening = scopes.filter((scope) => !isSignIn(scope));
  const signIn = scopes.filter(isSignIn);
  const lines = opening.map((scope) => ({ words: scopeWords(scope), scopes: [scope] }));
  return signIn.length > 0
    ? [...lines, { words: t("scope.sign_in"), scopes: signIn }]
    : lines;
}

export type TypedScopes =
  | { ok: true; scopes: string[] }
  | { ok: false; line: number; text: string };

/** Characters that a name may hold (RFC 6749 3.3), without spaces. */
const ALLOWED = /^[\x21\x23-\x5b\x5d-\x7e]{1,256}$/;
/** What Google's short names look like, so that `gmail.send` can be typed without its address. */
const SHORT = /^[a-z][a-z0-9-]*(\.[a-z0-9-]+)*$/i;

/** Reads one name a line; empty lines are fine. Google's short names only mean something at Google. */
export function readTyped(text: string, google: boolean): TypedScopes {
  const scopes: string[] = [];
  for (const [index, raw] of text.split("\n").entries()) {
    const name = raw.trim();
    if (name === "") continue;
    const full = fullName(name, google);
    if (full === null) return { ok: false, line: index + 1, text: name };
    if (!scopes.includes(full)) scopes.push(full);
  }
  return { ok: true, scopes };
}

function fullName(name: string, google: boolean): string | null {
  if (!ALLOWED.test(name)) return null;
  if (google && name === "mail.google.com") return "https://mail.google.com/";
  if (!SHORT.test(name)) return isAddress(name) ? name : null;
  return google && known(`scope.${name}`) && !isSignIn(name) ? PREFIX + name : name;
}

/** `URL.canParse` is younger than the oldest web view this runs in. */
function isAddress(text: string): boolean {
  try {
    return new URL(text).protocol !== "";
  } catch {
    return false;
  }
}
