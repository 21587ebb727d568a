import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { LogLine, LogView } from "../src/bindings";
import { byDay, whyWords, withNewer, withOlder } from "../src/log";
import { DEBOUNCE, LogReader } from "../src/state/log.svelte";

const tag = "en-GB";

/** A moment of this computer's own day, so that the tests hold in every time zone. */
function at(day: number, hour: number): number {
  return new Date(2026, 10, day, hour).getTime() / 1000;
}

function line(number: number, own: Partial<LogLine> = {}): LogLine {
  return { number, at: at(21, 9), program: "msmtp", path: null, email: null, scopes: [], outcome: "given", code: null, ...own };
}

function page(numbers: number[], own: Partial<LogView> = {}): LogView {
  return { lines: numbers.map((number) => line(number)), more: false, intact: true, ...own };
}

const numbers = ({ lines }: { lines: LogLine[] }) => lines.map(({ number }) => number);

describe("the log by day", () => {
  it("keeps the order and begins a day at midnight", () => {
    const lines = [line(5, { at: at(21, 13) }), line(4, { at: at(21, 0) }), line(3, { at: at(20, 23) }), line(2, { at: at(2, 8) })];
    const days = byDay(lines, at(21, 14), tag);
    expect(days.map((day) => [day.words, numbers(day)])).toEqual([
      ["Today", [5, 4]],
      ["Yesterday", [3]],
      ["2 November 2026", [2]],
    ]);
  });

  it("says nothing of no lines", () => {
    expect(byDay([], at(21, 14), tag)).toEqual([]);
  });
});

describe("pages of the log", () => {
  it("puts older lines below, and believes no page more than the worst", () => {
    const broken = { intact: false };
    const all = withOlder(page([9, 8], { more: true }), page([7], broken));
    expect([numbers(all), all.more, all.intact]).toEqual([[9, 8, 7], false, false]);
    expect(withOlder(page([9], broken), page([8])).intact).toBe(false);
    expect(withNewer(page([9], broken), page([10, 9])).intact).toBe(true);
    expect(withNewer(page([9, 8], broken), page([10, 9])).intact).toBe(false);
    expect(withOlder(page([9]), page([8])).intact).toBe(true);
  });

  it("puts new lines on top and keeps what was read below", () => {
    const all = withNewer(page([9, 8, 7, 6], { more: true }), page([10, 9, 8], { more: true }));
    expect([numbers(all), all.more]).toEqual([[10, 9, 8, 7, 6], true]);
  });

  it("starts over where lines would be missing between", () => {
    expect(numbers(withNewer(page([9, 8]), page([30, 29], { more: true })))).toEqual([30, 29]);
    expect(numbers(withNewer(page([]), page([1])))).toEqual([1]);
  });
});

describe("why", () => {
  it("is said where it was refused or failed, by the problem's own words", () => {
    expect(whyWords(line(1, { outcome: "failed", code: "offline" }))).toBe("The internet cannot be reached.");
    expect(whyWords(line(1, { outcome: "refused", code: "from_the_future" }))).toBe("from_the_future");
    expect(whyWords(line(1, { outcome: "ended", code: "offline" }))).toBeNull();
    expect(whyWords(line(1))).toBeNull();
  });
});

describe("reading the log", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  /** An agent whose answers come when the test lets them. */
  function open() {
    const asked: {
      search: string;
      before: number | null;
      tell: (view: LogView) => void;
      fail: (why: Error) => void;
    }[] = [];
    const reader = new LogReader({
      programLog: (search, before) =>
        new Promise((done, fail) => {
          asked.push({ search, before, tell: (data) => done({ status: "ok", data }), fail });
        }),
    });
    return { reader, asked };
  }

  it("looks once for what was typed in one go", async () => {
    const { reader, asked } = open();
    reader.lookSoon("m");
    vi.advanceTimersByTime(DEBOUNCE - 1);
    reader.lookSoon("ms");
    vi.advanceTimersByTime(DEBOUNCE);
    expect(asked.map(({ search }) => search)).toEqual(["ms"]);
  });

  it("shows no answer that a later one has overtaken", async () => {
    const { reader, asked } = open();
    const first = reader.look("a");
    const second = reader.look("b");
    asked[1]!.tell(page([2]));
    await second;
    asked[0]!.tell(page([1]));
    await first;
    expect([reader.searched, numbers(reader.shown!)]).toEqual(["b", [2]]);
  });

  it("asks for what is older than its last line", async () => {
    const { reader, asked } = open();
    const look = reader.look("");
    asked[0]!.tell(page([9, 8], { more: true }));
    await look;
    const older = reader.older();
    await Promise.resolve();
    expect(asked[1]!.before).toBe(8);
    asked[1]!.tell(page([7]));
    await older;
    expect(numbers(reader.shown!)).toEqual([9, 8, 7]);
  });

  it("loses no older lines to news that come meanwhile", async () => {
    const { reader, asked } = open();
    const look = reader.look("");
    asked[0]!.tell(page([9, 8], { more: true }));
    await look;
    const both = [reader.older(), reader.renew()];
    await Promise.resolve();
    asked[1]!.tell(page([7]));
    await both[0];
    asked[2]!.tell(page([10, 9], { more: true }));
    await both[1];
    expect(numbers(reader.shown!)).toEqual([10, 9, 8, 7]);
  });

  it("keeps what it shows when an answer fails, and says why", async () => {
    const { reader, asked } = open();
    const look = reader.look("");
    asked[0]!.tell(page([9]));
    await look;
    const again = reader.renew();
    await Promise.resolve();
    asked[1]!.fail(new Error("closed"));
    await again;
    expect([reader.fault?.code, numbers(reader.shown!)]).toEqual(["unexpected", [9]]);
    const third = reader.renew();
    await Promise.resolve();
    asked[2]!.tell(page([10, 9]));
    await third;
    expect([reader.fault, numbers(reader.shown!)]).toEqual([null, [10, 9]]);
  });
});
