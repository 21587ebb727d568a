import { describe, expect, it } from "vitest";
import type { ProgramView } from "../src/bindings";
import { deadlineWords, forgetKey, silenceWords, untilWords, usersOf, usesWords } from "../src/programs";

const tag = "en-GB";
const now = new Date(2026, 10, 21, 10, 0).getTime() / 1000;
const HOUR = 3_600;

const grant = {
  id: "g",
  account: "alice",
  email: "alice@example.com",
  scopes: [],
  since: now,
  until: null,
  lastUsed: null,
  uses: 0,
};
const program: ProgramView = {
  key: "/usr/bin/msmtp",
  name: "msmtp",
  path: "/usr/bin/msmtp",
  assurance: "system",
  throughCommand: false,
  grants: [grant],
  refusedUntil: null,
  muted: false,
};

describe("how long an access lasts", () => {
  it.each([
    [null, "Until you end it"],
    [now + 12 * HOUR, "For 12 hours, until 22:00"],
    [now + 3 * HOUR, "Until 13:00"],
    [now + 24 * HOUR, "Until tomorrow at 10:00"],
    [now - 2 * HOUR, "Ran out 2 hours ago"],
    [now, "Ran out just now"],
  ])("%s", (until, words) => {
    expect(untilWords({ since: now, until }, now, tag)).toBe(words);
  });
});

it("says how often and when it was used", () => {
  expect(usesWords({ uses: 0, lastUsed: null }, now, tag)).toBe("Not used yet");
  expect(usesWords({ uses: 1, lastUsed: now - 300 }, now, tag)).toBe("Used once, 5 minutes ago");
  expect(usesWords({ uses: 12, lastUsed: now - 300 }, now, tag)).toBe("Used 12 times, last 5 minutes ago");
});

describe("a program that may not ask", () => {
  it("says until when, and nothing once that is over", () => {
    expect(silenceWords({ ...program, refusedUntil: now + HOUR }, now, tag)).toMatch(/after 11:00/);
    expect(silenceWords({ ...program, refusedUntil: now }, now, tag)).toBeNull();
    expect(silenceWords(program, now, tag)).toBeNull();
  });

  it("is muted for good, whatever else was said", () => {
    const both = { ...program, muted: true, refusedUntil: now + HOUR };
    expect(silenceWords(both, now, tag)).toMatch(/never asks/);
  });

  it("names the one way back by what it changes", () => {
    expect(forgetKey(program, false)).toBe("programs.forget_end");
    expect(forgetKey(program, true)).toBe("programs.forget_both");
    expect(forgetKey({ ...program, grants: [] }, true)).toBe("programs.forget_ask");
  });
});

it("counts programs, not what they were allowed, and none whose time is over", () => {
  const twice = { ...program, grants: [grant, { ...grant, id: "h" }] };
  const over = { ...program, key: "o", grants: [{ ...grant, until: now }] };
  const other = { ...program, key: "p", grants: [{ ...grant, account: "bob" }] };
  const programs = { paused: false, programs: [twice, over, other], takenBack: null };
  expect(usersOf("alice", programs, now).map(({ program }) => program.name)).toEqual(["msmtp"]);
  expect(usersOf("nobody", programs, now)).toEqual([]);
});

it("counts the seconds only near the end", () => {
  expect(deadlineWords(now + 31, now, tag)).toBe("No answer by 10:00 means no.");
  expect(deadlineWords(now + 30, now, tag)).toBe("No answer within 30 seconds means no.");
  expect(deadlineWords(now + 1, now, tag)).toBe("No answer within 1 second means no.");
  expect(deadlineWords(now, now, tag)).toBe("Time is up. The answer is no.");
});
