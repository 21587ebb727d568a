import { describe, expect, it } from "vitest";
import { agoWords, dateWords, momentWords, spanWords, weekdayWords } from "../src/time";

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

  it("names a day by its weekday as long as only one can be meant", () => {
    expect(weekdayWords(at(21, 23), now, tag)).toBe("Saturday");
    expect(weekdayWords(at(27, 23), now, tag)).toBe("Friday");
    expect(weekdayWords(at(28, 0), now, tag)).toBe("28 November");
    expect(weekdayWords(at(18, 9), now, tag)).toBe("18 November");
    expect(weekdayWords(at(20, 9), now, tag)).toBe("20 November");
    expect(weekdayWords(at(61, 9), now, tag)).toBe("31 December");
    expect(weekdayWords(at(62, 9), now, tag)).toBe("1 January 2027");
  });

  it("says from when to when, by the clock within a day and by the day beyond", () => {
    // How wide the gaps around a dash are is the locale's business.
    const span = (first: number, last: number, seen = now) => spanWords(first, last, seen, tag).replace(/\s*–\s*/, "–");
    expect(span(at(21, 9, 12), at(21, 9, 12))).toBe("today 09:12");
    expect(span(at(20, 9, 12), at(20, 18, 40))).toBe("yesterday 09:12–18:40");
    expect(span(at(3, 23), at(4, 1))).toBe("3–4 November");
    expect(span(at(-5, 9), at(3, 9))).toBe("26 October–3 November");
    expect(span(at(3, 9), at(21, 1))).toBe("3 November–today");
    expect(span(at(3, 9), at(3, 9), now + 400 * 86_400)).toBe("3 November 2026 09:00");
  });

  it("forgives a clock that was set back", () => {
    expect(agoWords(now + 500, now, tag)).toBe("just now");
    expect(spanWords(at(21, 10), at(21, 9), now, tag)).toBe("today 09:00");
  });
});
