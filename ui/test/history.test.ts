import { describe, expect, it } from "vitest";
import { happened } from "../src/agent/fake-past";
import { fault } from "../src/agent/people";
import type { HistoryLineView, HistoryView } from "../src/bindings";
import { historyWords } from "../src/history";
import { HistoryReader } from "../src/state/history.svelte";
import { t } from "../src/words";

const at = (day: number, hour: number, minute = 0) => new Date(2026, 10, day, hour, minute).getTime() / 1000;
const words = (line: HistoryLineView) => historyWords(line, at(21, 20), "en-GB");

describe("a line of the history", () => {
  it("says what, how often and from when to when", () => {
    const often = happened("refreshed", at(21, 18, 40), { first: at(21, 9, 12), times: 14 });
    expect(words(often)).toEqual({ what: "Refreshed 14 times", when: expect.stringMatching(/^today 09:12\s*–\s*18:40$/), why: null });
    expect(words(happened("refreshed", at(20, 8)))).toMatchObject({ what: "Refreshed", when: "yesterday 08:00" });
  });

  it("says why it failed or stopped, in the fault's own words", () => {
    const failed = happened("failed", at(21, 9), { fault: fault("offline", "tryAgain") });
    expect(words(failed).why).toBe(t("fault.offline.what"));
    const stopped = happened("stopped", at(21, 9), { fault: fault("from_the_future", "nothing") });
    expect(words(stopped).why).toBe(t("fault.unexpected.what"));
  });

  it("names the program that was given or refused access, whichever way its name is written", () => {
    const isolated = (name: string) => `\u2068${name}\u2069`;
    const msmtp = happened("given", at(21, 9), { program: "msmtp" });
    expect(words(msmtp).what).toBe(`${isolated("msmtp")} got access`);
    expect(words({ ...msmtp, what: "refused", times: 3 }).what).toBe(`${isolated("msmtp")} was refused 3 times`);
    expect(words({ ...msmtp, program: null }).what).toBe(`${isolated("A program")} got access`);
    expect(words({ ...msmtp, what: "connected" }).what).toBe("Connected");
  });
});

describe("reading the history", () => {
  /** An agent whose answers come when the test lets them. */
  function open() {
    const asked: { tell: (lines: HistoryLineView[]) => void; fail: (why: Error) => void }[] = [];
    const reader = new HistoryReader({
      history: (account) =>
        new Promise((done, fail) => {
          const tell = (lines: HistoryLineView[]) => done({ status: "ok", data: { account, lines } satisfies HistoryView });
          asked.push({ tell, fail });
        }),
    });
    return { reader, asked };
  }

  it("shows no answer that a later one has overtaken", async () => {
    const { reader, asked } = open();
    const both = [reader.read("alice"), reader.read("alice")];
    asked[1]!.tell([happened("refreshed", 2)]);
    await both[1];
    asked[0]!.tell([]);
    await both[0];
    expect(reader.lines).toHaveLength(1);
  });

  it("keeps what it shows when an answer fails, and says why until one comes", async () => {
    const { reader, asked } = open();
    const first = reader.read("alice");
    expect(reader.lines).toBeNull();
    asked[0]!.tell([happened("connected", 1)]);
    await first;
    const second = reader.read("alice");
    asked[1]!.fail(new Error("closed"));
    await second;
    expect([reader.fault?.code, reader.lines?.length]).toEqual(["unexpected", 1]);
    const third = reader.read("alice");
    asked[2]!.tell([]);
    await third;
    expect([reader.fault, reader.lines]).toEqual([null, []]);
  });
});
