import { describe, expect, it } from "vitest";
import { account, AUTH, fault } from "../src/agent/people";
import type { AccountView } from "../src/bindings";
import { supportText } from "../src/support";

const now = Date.UTC(2026, 10, 21, 9, 30) / 1000;
const ID = "0123456789abcdef0123456789abcdef";
/** Made up, in the shapes of the real ones. */
const SECRETS = [
  "ya29.a0AfH6SMBx3kd93jf02ldkfj39dk2lfkd92ksl",
  "1//0gFakeFakeFakeFakeFakeFakeFakeFake-L9Ir",
  "GOCSPX-FakeFakeFakeFakeFakeFakeFa",
  "eyJhbGciOiJSUzI1NiIsImtpZCI6ImZha2UifQ.eyJzdWIiOiIxIn0.c2ln",
  "AIzaFakeFakeFakeFakeFakeFakeFakeFakeFake",
];

const stopped: AccountView = account("alice", now, {
  id: ID,
  email: "jane.doe@example.com",
  name: "Jane Doe",
  state: "needsReconnect",
  fault: fault("grant_ended", "reconnect", "invalid_grant"),
  reason: { cause: "password_changed", sureness: "likely", values: { provider: "Google" }, others: [], recovery: "reconnect" },
  granted: [`${AUTH}gmail.readonly`, "https://mail.google.com/", "openid"],
  missing: [`${AUTH}calendar`],
  connectedSince: now - 86_400,
  lastChecked: null,
  freshUntil: null,
});

describe("details for support", () => {
  it("say a fact a line, the same in every time zone and language", () => {
    expect(supportText(stopped, "0.1.0", now).split("\n").map((line) => line.replace(/^[^:]+/, ""))).toEqual([
      ": 0.1.0",
      `: ${ID}`,
      ": j…@example.com",
      ": google",
      ": needsReconnect",
      ": grant_ended",
      ": password_changed (likely)",
      ": –",
      ": 2026-11-20T09:30:00Z",
      ": –",
      ": –",
      ": gmail.readonly, mail.google.com, openid",
      ": calendar",
      ": 2026-11-21T09:30:00Z",
    ]);
  });

  it.each([
    ["jane@example.com", "j…@example.com"],
    ["Ängström@bücher.example", "Ä…@bücher.example"],
    ["@example.com", "…@example.com"],
    ["a@b@example.com", "a…@example.com"],
    ["Jane Doe", "J…"],
    ["", "…"],
  ])("hide whose address %s is", (email, shown) => {
    expect(supportText({ ...stopped, email }, "0.1.0", now).split("\n")[2]).toMatch(new RegExp(`: ${shown}$`));
  });

  it("say nothing of what was not asked for, whatever it holds", () => {
    const secret = SECRETS.join(" ");
    const full: AccountView = {
      ...stopped,
      name: secret,
      providerName: secret,
      fault: fault("grant_ended", "reconnect", secret),
      reason: { ...stopped.reason!, values: { provider: secret }, others: [secret] },
      outcome: { kind: "failed", at: now, activity: "refreshing", fault: fault("offline", "tryAgain", secret) },
    };
    expect(supportText(full, "0.1.0", now)).toBe(supportText(stopped, "0.1.0", now));
  });

  it.each(SECRETS)("let %s pass in no place", (secret) => {
    const places: Partial<AccountView>[] = [
      { id: secret },
      { email: secret },
      { email: `jane@${secret}` },
      { email: `${secret}@example.com` },
      { provider: secret },
      { state: secret as AccountView["state"] },
      { fault: fault(secret, "reconnect") },
      { reason: { ...stopped.reason!, cause: secret } },
      { reason: { ...stopped.reason!, sureness: secret as "likely" } },
      { forecast: { kind: secret, at: null, count: null, recovery: "nothing" } },
      { granted: [secret, `https://example.com/?key=${secret}`] },
      { missing: [`https://example.com/${secret}`] },
    ];
    for (const place of places) {
      const text = supportText({ ...stopped, ...place }, "0.1.0", now);
      expect(text, Object.keys(place)[0]).not.toContain(secret.slice(4));
    }
    expect(supportText(stopped, secret, now)).not.toContain(secret.slice(4));
  });
});
