// How much a permission weighs at Google, which sorts them into three kinds: those that anybody may ask for, sensitive
// and restricted ones. Source: Google, "OAuth 2.0 Scopes for Google APIs", "Sensitive and restricted scopes".

import { isSignIn, shortName } from "./scopes";
import { known } from "./words";

/** What is said of it: restricted ones by what they open. */
export type Weight = "sensitive" | "mailbox" | "drive" | "most";

const LIGHT = ["gmail.labels", "drive.file", "drive.appdata"];
const MAILBOX = ["mail.google.com", "gmail.readonly", "gmail.modify"];
const DRIVE = ["drive", "drive.readonly"];
const MOST = [
  "gmail.compose",
  "gmail.insert",
  "gmail.metadata",
  "gmail.settings.basic",
  "gmail.settings.sharing",
  "drive.metadata",
  "drive.metadata.readonly",
  "chat.messages",
  "chat.messages.readonly",
];

/** Null for one that weighs nothing, and for one that is not known: a guess would be worse. */
export function weightOf(scope: string): Weight | null {
  const name = shortName(scope);
  if (MAILBOX.includes(name)) return "mailbox";
  if (DRIVE.includes(name)) return "drive";
  if (MOST.includes(name)) return "most";
  return isSignIn(scope) || LIGHT.includes(name) || !known(`scope.${name}`) ? null : "sensitive";
}

/** The heaviest of several. */
export function heaviest(scopes: readonly string[]): Weight | null {
  const weights = scopes.map(weightOf).filter((each) => each !== null);
  return weights.find((each) => each !== "sensitive") ?? weights[0] ?? null;
}
