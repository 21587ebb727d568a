import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { DOZE, Wake } from "../src/wake";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function watch() {
  let awake = false;
  const wake = new Wake((is) => (awake = is));
  return { wake, awake: () => awake };
}

describe("when a button may be pressed that gives something away", () => {
  it("wakes half a second after the question has come, not before", () => {
    const { wake, awake } = watch();
    wake.doze();
    vi.advanceTimersByTime(DOZE - 1);
    expect(awake()).toBe(false);
    vi.advanceTimersByTime(1);
    expect(awake()).toBe(true);
  });

  it("sleeps again for the next question, so that a double click cannot land on it", () => {
    const { wake, awake } = watch();
    wake.doze();
    vi.advanceTimersByTime(DOZE);
    wake.doze();
    expect(awake()).toBe(false);
    vi.advanceTimersByTime(DOZE - 1);
    wake.doze();
    vi.advanceTimersByTime(DOZE - 1);
    expect(awake()).toBe(false);
  });

  it("sleeps while the window is away, and half a second after it is back", () => {
    const { wake, awake } = watch();
    wake.doze();
    wake.leave();
    vi.advanceTimersByTime(10 * DOZE);
    expect(awake()).toBe(false);
    wake.back();
    expect(awake()).toBe(false);
    vi.advanceTimersByTime(DOZE);
    expect(awake()).toBe(true);
  });

  it("does not wake for a question that comes while the window is away", () => {
    const { wake, awake } = watch();
    wake.leave();
    wake.doze();
    vi.advanceTimersByTime(10 * DOZE);
    expect(awake()).toBe(false);
  });

  it("takes a press for the window's return, and the first press for no answer", () => {
    const { wake, awake } = watch();
    wake.leave();
    wake.pressed();
    expect(awake()).toBe(false);
    vi.advanceTimersByTime(DOZE);
    expect(awake()).toBe(true);
    wake.pressed();
    expect(awake()).toBe(true);
  });

  it("says nothing more once it is stopped", () => {
    const { wake, awake } = watch();
    wake.doze();
    wake.stop();
    vi.advanceTimersByTime(10 * DOZE);
    expect(awake()).toBe(false);
  });
});
