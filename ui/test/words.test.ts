import { describe, expect, it } from "vitest";
import { browserErrors } from "../src/browser-errors";
import { faultWords, known, noticeWords, t } from "../src/words";

describe("words", () => {
  it("fills in what is passed", () => {
    expect(t("notice.connected", { email: "alice@example.com" })).toBe("alice@example.com is connected.");
  });

  it("leaves alone what looks like a place in a value", () => {
    expect(t("account.since", { date: "{time}" })).toBe("Connected since {time}");
  });

  it("has a plain sentence even for a fault it does not know", () => {
    const words = faultWords({ code: "from_the_future", recovery: "nothing", detail: null });
    expect(words.what).toBe(t("fault.unexpected.what"));
    expect(words.todo).not.toBe("");
  });

  it("has a plain sentence even for news it does not know", () => {
    const notice = { id: 1, code: "from_the_future", tone: "info", values: {}, fault: null } as const;
    expect(noticeWords(notice)).toBe(t("notice.fault"));
  });

  it("does not take an inherited name for a key", () => {
    expect(known("constructor")).toBe(false);
  });

  it("explains every error page in three parts", () => {
    for (const { id } of browserErrors) {
      for (const part of ["see", "means", "do"]) expect(known(`help.${id}.${part}`), id).toBe(true);
    }
  });
});
