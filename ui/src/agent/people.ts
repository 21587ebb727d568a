// Made-up accounts for the fake agent.

import type { AccountView, AttemptView, FaultView, OwnClientView, Permission, PermissionView, Recovery, TestLine } from "../bindings";
import { client } from "./fake-clients";

/** The client file that everybody here was connected with. */
export const CLIENT: OwnClientView = client("evergrant-home");

export const AUTH = "https://www.googleapis.com/auth/";

export const permissions: PermissionView[] = [
  { id: "sendMail", scopes: [`${AUTH}gmail.send`] },
  { id: "readMail", scopes: [`${AUTH}gmail.readonly`] },
  { id: "calendar", scopes: [`${AUTH}calendar`] },
  { id: "contacts", scopes: [`${AUTH}contacts`] },
  { id: "driveFiles", scopes: [`${AUTH}drive`] },
];

export function scopesOf(...chosen: Permission[]): string[] {
  const opened = permissions.filter(({ id }) => chosen.includes(id)).flatMap(({ scopes }) => scopes);
  return [...opened, "openid", `${AUTH}userinfo.email`, `${AUTH}userinfo.profile`];
}

export function account(id: string, now: number, own: Partial<AccountView> = {}): AccountView {
  const [email, name] = people[id] ?? [`${id}@example.com`, null];
  return {
    id,
    provider: "google",
    providerName: "Google",
    client: CLIENT.id,
    email,
    name,
    hasPicture: id === "alice",
    state: "connected",
    fault: null,
    reason: null,
    forecast: null,
    granted: scopesOf("readMail", "calendar"),
    missing: [],
    connectedSince: now - 86_400 * 40,
    lastChecked: now - 300,
    freshUntil: now + 2_500,
    busy: null,
    outcome: null,
    ...own,
  };
}

/** The browser shows the consent page. */
export function attempt(now: number, own: Partial<AttemptView> = {}): AttemptView {
  return {
    provider: "google",
    purpose: "adding",
    client: CLIENT.id,
    email: null,
    step: "waiting",
    copies: false,
    askedAgain: false,
    deadline: now + 290,
    fault: null,
    ...own,
  };
}

export function fault(code: string, recovery: Recovery, detail: string | null = null): FaultView {
  return { code, recovery, detail };
}

/** What a test of it finds: all that it may, works. */
export function testLines({ granted }: AccountView): TestLine[] {
  const apis = [
    ["gmail", "gmail.readonly"],
    ["calendar", "calendar"],
    ["contacts", "contacts"],
    ["drive", "drive"],
  ] as const;
  const open = apis.filter(([, name]) => granted.some((scope) => scope.endsWith(`/${name}`)));
  return (["signIn", "identity", ...open.map(([check]) => check)] as const).map((check) => ({
    check,
    verdict: "works",
    fault: null,
  }));
}

const people: Record<string, [email: string, name: string | null]> = {
  alice: ["alice@example.com", "Alice Example"],
  bob: ["bob@example.com", "Bob Builder"],
  chioma: ["chioma@school.example", "Chioma Work"],
  dora: ["dora.maria.fernandez-ostergard@long-name.example.com", "Dora Fernández-Østergård"],
  nameless: ["office@example.com", null],
};

/** A drawn face, 32 by 32, as the agent would hand over a kept picture. */
export const face: string =
  "data:image/svg+xml," +
  encodeURIComponent(
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" fill="#f2c9a0"/><path d="M3 34c0-9 6-13 13-13s13 4 13 13z" fill="#3d6b9e"/><circle cx="16" cy="14" r="7" fill="#8c5a3c"/><path d="M8 14c0-8 16-8 16 0-4-1-6-4-8-4s-4 3-8 4z" fill="#2b1c14"/></svg>`,
  );
