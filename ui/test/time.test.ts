import { describe, expect, it } from "vitest";
import { agoWords, dateWords, momentWords } from "../src/time";

/** A moment of this computer's own day, so that the tests hold in every time zone. */
function at(day: number, hour: number, minute = 0): number {
  return new Date(2026, 10, day, hour, minute).getTime() / 1000;
}
const now = at(21, 13, 50);
const tag = "en-GB";

describe("time in words", () => {
  it("says dates whole", () => {
    expect(dateWords(now, tag)).toBe("21 November 2026");
  });

  it("says only the time today, and which day otherwise", () => {
    expect(momentWords(at(21, 14, 32), now, tag)).toBe("14:32");
    expect(momentWords(at(22, 0, 10), now, tag)).toBe("tomorrow at 00:10");
    expect(momentWords(at(20, 23, 59), now, tag)).toBe("yesterday at 23:59");
    expect(momentWords(at(28, 9), now, tag)).toMatch(/28 Nov 2026.*09:00/);
  });

  it.each([
    [0, "just now"],
    [59, "just now"],
    [60, "1 minute ago"],
    [300, "5 minutes ago"],
    [3_599, "59 minutes ago"],
    [7_200, "2 hours ago"],
    [86_400, "yesterday"],
    [86_400 * 3, "3 days ago"],
    [86_400 * 65, "2 months ago"],
    [86_400 * 800, "2 years ago"],
  ])("says how long ago: %d s", (seconds, words) => {
    expect(agoWords(now - seconds, now, tag)).toBe(words);
  });

  it("says hours, not yesterday, shortly after midnight", () => {
    expect(agoWords(at(20, 23), at(21, 1), tag)).toBe("2 hours ago");
  });

  it("forgives a clock that was set back", () => {
    expect(agoWords(now + 500, now, tag)).toBe("just now");
  });
});
