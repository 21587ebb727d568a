import { describe, expect, it } from "vitest";
import { account, fault } from "../src/agent/people";
import { finder } from "../src/find";
import { t } from "../src/words";

const dora = account("dora", 0);
const stopped = account("bob", 0, { state: "needsReconnect", fault: fault("grant_ended", "reconnect") });
const finds = (search: string, who = dora) => finder(search)!(who);

describe("looking for an account", () => {
  it("is over where nothing is looked for", () => {
    expect(finder("")).toBeNull();
    expect(finder("  \t ")).toBeNull();
  });

  it.each([
    ["the name", "fernández"],
    ["the name without its marks", "FERNANDEZ-ostergard"],
    ["the address", "dora.maria"],
    ["the organisation", "long-name.example"],
    ["the provider", "google"],
    ["the state", t("state.connected")],
    ["words in any order", "example dora"],
  ])("finds by %s", (_, search) => {
    expect(finds(search)).toBe(true);
  });

  it("wants every word, each in one of these", () => {
    expect(finds("dora nobody")).toBe(false);
    expect(finds("readonly")).toBe(false);
    expect(finds("comdora")).toBe(false);
  });

  it("finds what needs attention by that", () => {
    expect(finds(t("accounts.attention"), stopped)).toBe(true);
    expect(finds(t("accounts.attention"))).toBe(false);
    // Known by the account as it is now, not as it was.
    expect(finds(t("accounts.attention"), { ...stopped, state: "connected", fault: null })).toBe(false);
  });
});
