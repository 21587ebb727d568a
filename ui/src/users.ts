// Who uses a client file, in words.

import { listed, t } from "./words";

/** As many are named; a thousand would tell nobody more. */
const NAMED = 4;

export function namedUsers(emails: readonly string[]): string {
  const more = emails.length - NAMED;
  // One more is named as quickly as it is counted.
  if (more <= 1) return listed(emails);
  return t("clients.and_more", { emails: listed(emails.slice(0, NAMED)), count: more });
}
