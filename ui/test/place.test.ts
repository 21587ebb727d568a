import { describe, expect, it } from "vitest";
import { Place } from "../src/state/place.svelte";

describe("how this works", () => {
  it("leads back to the page it was opened from", () => {
    const place = new Place({ page: "programs" });
    place.explain();
    expect(place.page).toBe("how");
    place.explained();
    expect(place).toMatchObject({ page: "programs", settings: false });
  });

  it("leads back into the settings, over the page below them", () => {
    const place = new Place({ page: "log", settings: true });
    place.explain();
    expect(place).toMatchObject({ page: "how", settings: false });
    place.explained();
    expect(place).toMatchObject({ page: "log", settings: true });
  });

  it("is no place to come back to", () => {
    const place = new Place({ page: "programs" });
    place.explain();
    place.settings = true;
    place.explain();
    place.explained();
    expect(place.page).toBe("programs");
  });

  it("leads home where it was the first page", () => {
    const place = new Place({ page: "how" });
    place.explained();
    expect(place.page).toBe("home");
  });
});
