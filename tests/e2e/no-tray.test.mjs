// A desktop without a tray: nobody would see that it still runs, so it asks once.

import assert from "node:assert/strict";
import { close, untilWindows } from "./harness/desktop.mjs";
import { gone } from "./harness/process.mjs";
import { onStage } from "./harness/scene.mjs";
import { lives } from "./harness/signal.mjs";

const test = onStage({ panel: false });

test("closing asks once; kept running, a second start brings the window back", async (scene) => {
  const { env } = scene.profile;
  const app = await scene.start();
  const { found } = await untilWindows(env, 1);
  await app.window.see("welcome-connect");
  await close(env, found[0]);
  await app.window.see("background-dialog");
  await app.window.clickAway("background-keep");
  await untilWindows(env, 0);

  const second = await scene.launch();
  assert.equal(await second.ended(), 0);
  const again = await untilWindows(env, 1);
  await close(env, again.found[0]);
  await untilWindows(env, 0);
  assert.ok(lives(app.pid), "this time it did not ask, and stayed");
});

test("closing and choosing to quit ends it", async (scene) => {
  const { env } = scene.profile;
  const app = await scene.start();
  const { found } = await untilWindows(env, 1);
  await app.window.see("welcome-connect");
  await close(env, found[0]);
  await app.window.clickAway("background-quit");
  await gone(app.pid);
});
