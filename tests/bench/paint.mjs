// From the moment the web view begins with the page to its first words on the screen, by the web view's own clock.
// Source: W3C Paint Timing, first-contentful-paint.

import { openScene } from "../e2e/harness/scene.mjs";
import { until } from "../e2e/harness/wait.mjs";

export async function firstPaint(stage) {
  const scene = await openScene(stage);
  try {
    const app = await scene.start({ build: "release" });
    return await until("the first paint", () => app.window.execute(FIRST_PAINT), { within: 10_000 });
  } finally {
    await scene.close();
  }
}

const FIRST_PAINT = `return performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? null;`;
