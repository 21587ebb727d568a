// What a person sees of windows from outside: how many there are, which is in front, and closing one.

import { run } from "./process.mjs";
import { until } from "./wait.mjs";

const xdotool = async (env, ...words) => (await run("xdotool", words, { env, allowFailure: true })).stdout.trim();

/** Ids of the product's visible windows. */
export async function windows(env) {
  const found = await xdotool(env, "search", "--onlyvisible", "--name", "^(Evergrant|A program asks for access)$");
  return found ? found.split("\n") : [];
}

/** Id of the product's visible window of this size, in pixels. Not by its name, which it says in the person's language. */
export async function ofSize(env, { width, height }) {
  const all = (await xdotool(env, "search", "--onlyvisible", "--class", "^evergrant-desktop$")).split("\n");
  const measured = await Promise.all(all.map((window) => xdotool(env, "getwindowgeometry", "--shell", window)));
  const found = all.filter((_, index) => measured[index].includes(`WIDTH=${width}\nHEIGHT=${height}\n`));
  if (found.length !== 1) throw new Error(`${found.length} windows of ${width} × ${height} are visible`);
  return found[0];
}

/** Takes the mouse off a window that is in front, as a hand does: what it pointed at hears of it. */
export async function pointAway(env, window) {
  await xdotool(env, "mousemove", "--window", window, 60, 2);
  await xdotool(env, "mousemove", 0, 0);
}

/** A picture of a window that is in front, as it is on the screen. */
export async function picture(env, window, file) {
  await run("import", ["-window", window, file], { env, within: 15_000 });
}

/** Waits until exactly so many windows of the product are visible. */
export function untilWindows(env, count, { within = 10_000 } = {}) {
  return until(
    `${count} visible window(s)`,
    async () => {
      const found = await windows(env);
      return found.length === count && { found };
    },
    { within, every: 100 },
  );
}

export const minimize = (env, window) => xdotool(env, "windowminimize", window);

export const inFront = (env) => xdotool(env, "getactivewindow");

/** Closes a window the way its close button does. */
export async function close(env, window) {
  await run("python3", [new URL("close.py", import.meta.url).pathname, window], { env });
}

/** A key of the keyboard: the window in front gets it. */
export const press = (env, key) => xdotool(env, "key", "--clearmodifiers", key);

/** The mouse, at a place inside a window, whatever is in front there. */
export const clickInto = (env, window, { x, y }, { times = 1 } = {}) =>
  xdotool(env, "mousemove", "--window", window, x, y, "click", "--repeat", times, "--delay", 50, 1);

export const bringToFront = (env, window) => xdotool(env, "windowactivate", "--sync", window);
