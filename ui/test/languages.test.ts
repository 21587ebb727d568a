import { afterEach, describe, expect, it } from "vitest";
import { arabic, changed, longer, pretend } from "../src/agent/pretended";
import { isRightToLeft, languages, locale, put, speak, spoken } from "../src/language.svelte";
import { agoWords, dateWords } from "../src/time";
import { after, around, listed, noticeWords, t } from "../src/words";

const notice = { id: 1, code: "", tone: "info", values: {}, fault: null } as const;

afterEach(() => speak("en"));

describe("a language", () => {
  it("is spoken from the moment it is chosen", async () => {
    expect(t("app.cancel")).toBe("Cancel");
    await speak("de");
    expect(t("app.cancel")).toBe("Abbrechen");
    expect(locale()).toMatch(/^de/);
    expect(dateWords(1_800_000_000, locale())).toBe("15. Januar 2027");
  });

  it("that is not there changes nothing", async () => {
    await speak("tlh");
    expect([spoken.tag, t("app.cancel")]).toEqual(["en", "Cancel"]);
  });

  it("overtaken by a later one is not spoken", async () => {
    await Promise.all([speak("de"), speak("en"), speak("de")]);
    expect(spoken.tag).toBe("de");
    const early = speak("en");
    put("de", spoken.sentences);
    await early;
    expect(spoken.tag).toBe("de");
  });

  it("knows from which side it is read", () => {
    expect(isRightToLeft()).toBe(false);
    put("ar", spoken.sentences);
    expect(isRightToLeft()).toBe(true);
    expect(t("notice.connected", { email: "a@b.c" })).toContain("\u2068a@b.c\u2069");
  });
});

describe("a sentence with a number", () => {
  it("takes the form of the number", () => {
    expect(t("programs.used_by", { count: 1 })).toBe("Used by 1 program");
    expect(t("programs.used_by", { count: 2 })).toBe("Used by 2 programs");
  });

  it.each([
    ["ar", ["zero", "one", "two", "few", "many", "other"], [0, 1, 2, 5, 11, 100]],
    ["ja", ["other", "other"], [0, 1]],
  ])("has all forms of %s", (tag, forms, counts) => {
    const sentences = Object.fromEntries([...new Set(forms)].map((form) => [`log.count.${form}`, form]));
    put(tag, sentences);
    expect(counts.map((count) => t("log.count", { count }))).toEqual(forms);
  });

  it("writes it as the language does", async () => {
    await speak("de");
    expect(t("log.count", { count: 12_345 })).toBe("12.345 Zeilen angezeigt");
  });

  it("comes as words from the agent too", () => {
    expect(noticeWords({ ...notice, code: "accounts_found", values: { count: "1" } })).toMatch(/^1 account was/);
    const ahead = { ...notice, code: "clock_ahead", values: { count: "7", unit: "minutes" } };
    expect(noticeWords(ahead)).toContain("7 minutes ahead");
  });
});

it("sets sentences, names and what stands out as the language does", () => {
  expect(after("Most likely:", "It rains.")).toBe("Most likely: It rains.");
  expect([listed([]), listed(["a"]), listed(["a", "b", "c"])]).toEqual(["", "a", "a, b, c"]);
  expect(around("log.granted", "program")).toEqual(["You allowed ", ""]);
});

it("says how long ago in its own words", async () => {
  await speak("de");
  expect(agoWords(0, 300)).toBe("vor 5 Minuten");
});

describe("a pretended language", () => {
  it("is longer, and keeps its placeholders", () => {
    expect(longer("Used by {count} programs")).toMatch(/^\[.*\{count\}.*~+\]$/);
    expect(longer("Cancel").length).toBeGreaterThan("Cancel".length * 1.4);
    expect(arabic("Used by {count}")).toMatch(/^[\u0600-\u06ff ]+\{count\}$/);
    expect(changed({ a: "b" }, () => "c")).toEqual({ a: "c" });
  });

  it("stands in for Arabic as long as there is none", async () => {
    await pretend("ar");
    expect(spoken.tag).toBe("ar");
    if (!languages.includes("ar")) expect(t("app.cancel")).toMatch(/^[\u0600-\u06ff]+$/);
  });
});
