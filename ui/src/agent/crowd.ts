// Many made-up accounts: of a few organisations, of private people, and some that need somebody.

import type { AccountView } from "../bindings";
import { account, fault, scopesOf } from "./people";

const NAMES = "Ada Björn Chioma Dora Élise Fatima Goran Hana Ivo Jun Kateřina Lior Mei Noor Øyvind Priya".split(" ");
const FAMILIES = "Abe Brontë Çelik Diaz Eriksen Färber García Haddad Ito Jansen Khan Lindqvist Müller Ng".split(" ");
const DOMAINS = ["school.example", "gmail.com", "bakery.example", "town-library.example", "outlook.com", "choir.example"];
const DAY = 86_400;

/** The same for the same number. `now` is in Unix seconds. */
export function crowd(count: number, now: number): AccountView[] {
  return Array.from({ length: count }, (_, n) => person(n, now));
}

function person(n: number, now: number): AccountView {
  // Steps without a common factor, so that names and places do not go hand in hand.
  const name = `${NAMES[(n * 7) % NAMES.length]} ${FAMILIES[(n * 5) % FAMILIES.length]}`;
  const box = name.normalize("NFKD").replace(/\P{ASCII}/gu, "").replace(" ", ".").toLowerCase();
  const domain = n % 19 === 18 ? `${box}.example` : DOMAINS[(n + Math.floor(n / 7)) % DOMAINS.length]!;
  const id = n.toString(16).padStart(32, "0");
  return account(id, now, {
    email: `${box}${n < DOMAINS.length ? "" : n}@${domain}`,
    name: n % 11 === 10 ? null : name,
    hasPicture: n % 5 === 0,
    granted: n % 2 === 0 ? scopesOf("readMail", "calendar") : scopesOf("sendMail"),
    lastChecked: now - n * 60,
    ...need(n, now),
  });
}

function need(n: number, now: number): Partial<AccountView> {
  const ended = fault("grant_ended", "reconnect", "invalid_grant: Token has been expired or revoked.");
  switch (n % 40) {
    case 5:
      return {
        state: "needsReconnect",
        freshUntil: null,
        fault: ended,
        reason: { cause: "password_changed", sureness: "likely", values: { provider: "Google" }, others: ["removed_by_person"], recovery: "reconnect" },
      };
    case 12:
      return { forecast: { kind: "testing_ends", at: now + 2 * DAY, count: null, recovery: "reconnect" } };
    case 20:
      return { freshUntil: now - 60, fault: fault("vault_locked", "unlockVault") };
    case 30:
      return { state: "needsSignIn", freshUntil: null, fault: fault("sign_in_expired", "signInAgain", "invalid_rapt") };
    default:
      return {};
  }
}
