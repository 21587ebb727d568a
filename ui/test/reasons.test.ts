import { describe, expect, it } from "vitest";
import type { ForecastView, ReasonView } from "../src/bindings";
import { put } from "../src/language.svelte";
import { forecastWords, reasonWords } from "../src/reasons";

// Words of its own, so that the test holds whatever the real sentences say.
put("en", {
  "reason.likely": "Probably:",
  "reason.possible": "Perhaps:",
  "reason.storm.what": "A storm took {thing}.",
  "reason.storm.todo": "Wait for {end}.",
  "reason.storm.short": "A storm.",
  "reason.frost.short": "Frost, from {end}.",
  "reason.half.what": "Only one half.",
  "forecast.rain.what": "It rains on {day}.",
  "forecast.rain.todo": "Take an umbrella.",
  "forecast.flood.what": "{count} drops.",
  "forecast.flood.todo": "Leave.",
});

const storm: ReasonView = {
  cause: "storm",
  sureness: "likely",
  values: { thing: "the roof", end: "noon" },
  others: ["frost", "from_the_future", "storm"],
  recovery: "reconnect",
};

/** 21 November 2026 is a Saturday; a moment of this computer's own day. */
const at = (day: number, hour = 12) => new Date(2026, 10, day, hour).getTime() / 1000;

describe("the reason", () => {
  it("is said in two sentences, with its values", () => {
    expect(reasonWords(storm)).toMatchObject({ what: "A storm took the roof.", todo: "Wait for noon." });
  });

  it("says how sure it is, and nothing of that where there is no word for it", () => {
    const lead = (sureness: ReasonView["sureness"]) => reasonWords({ ...storm, sureness })?.lead;
    expect([lead("likely"), lead("possible"), lead("certain")]).toEqual(["Probably:", "Perhaps:", ""]);
  });

  it("names the others in their order, and leaves out those it has no words for", () => {
    expect(reasonWords(storm)?.others).toEqual(["Frost, from noon.", "A storm."]);
  });

  it("is nothing where this window does not know the cause, or only half of it", () => {
    expect(reasonWords({ ...storm, cause: "from_the_future" })).toBeNull();
    expect(reasonWords({ ...storm, cause: "half" })).toBeNull();
  });
});

describe("the forecast", () => {
  const rain = (on: number): ForecastView => ({ kind: "rain", at: on, count: null, recovery: "nothing" });
  const words = (forecast: ForecastView) => forecastWords(forecast, at(21), "en-GB");

  it("names the day, and the date once a weekday could mean another week", () => {
    expect(words(rain(at(27)))).toEqual({ what: "It rains on Friday.", todo: "Take an umbrella." });
    expect(words(rain(at(28)))?.what).toBe("It rains on 28 November.");
  });

  it("counts, and is nothing where this window does not know it", () => {
    const flood: ForecastView = { kind: "flood", at: null, count: 90, recovery: "nothing" };
    expect(words(flood)?.what).toBe("90 drops.");
    expect(words({ ...flood, kind: "from_the_future" })).toBeNull();
  });
});
