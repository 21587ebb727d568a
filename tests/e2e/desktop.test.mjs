// A good neighbour on the desktop: the tray, the window that closes and comes back, the second start.

import assert from "node:assert/strict";
import { close, inFront, minimize, untilWindows, windows } from "./harness/desktop.mjs";
import { environment } from "./harness/marked.mjs";
import { webProcesses } from "./harness/memory.mjs";
import { gone } from "./harness/process.mjs";
import { onStage } from "./harness/scene.mjs";
import { signal } from "./harness/signal.mjs";
import { until } from "./harness/wait.mjs";
import { EMAIL, connect } from "./steps.mjs";

const test = onStage();

test("the tray shows each account and its state, and every line does what it says", async (scene) => {
  const app = await scene.start();
  await until("the panel to know the icon", () => app.tray.registered());
  await connect(scene, app);
  const line = async (text) =>
    until(`the tray line ${text}`, async () => (await app.tray.labels()).some((label) => label.includes(EMAIL.alice) && label.includes(text)));
  await line("Connected");

  const healthy = await app.tray.icon();
  await app.tray.press(/test all/i);
  await app.window.see("account-outcome", { kind: "tested" });

  await scene.practice.person(EMAIL.alice, { removed_app: true });
  await app.tray.press(/test all/i);
  // Why it stopped, in words that depend on what is known.
  await line(" – ");
  await until("an icon that asks for attention", async () => (await app.tray.icon()).icon !== healthy.icon);

  const [window] = await windows(scene.profile.env);
  await close(scene.profile.env, window);
  await untilWindows(scene.profile.env, 0);
  await app.tray.press(/^open/i);
  await untilWindows(scene.profile.env, 1);
  await app.tray.press(/quit/i);
  await gone(app.pid);
});

test("a second start brings the first one's window forward and ends", async (scene) => {
  const { env } = scene.profile;
  await scene.start();
  const { found } = await untilWindows(env, 1);
  await minimize(env, found[0]);
  await untilWindows(env, 0);

  const second = await scene.launch();
  assert.equal(await second.ended(), 0);
  assert.deepEqual((await untilWindows(env, 1)).found, found, "the same window, not another");
  await until("it to be in front", async () => (await inFront(env)) === found[0]);
});

test("started hidden there is a tray and no window, until it is asked for", async (scene) => {
  const { env } = scene.profile;
  const app = await scene.launch({ args: ["--practice", "--hidden"] });
  await until("the tray", async () => (await app.tray.labels()).length > 0);
  assert.deepEqual(await windows(env), []);
  const second = await scene.launch();
  assert.equal(await second.ended(), 0);
  await untilWindows(env, 1);
  await app.quit();
});

test("told to end, as a session does when it closes, it ends in order", async (scene) => {
  const app = await scene.launch({ args: ["--practice", "--hidden"] });
  await until("the tray", async () => (await app.tray.labels()).length > 0);
  signal(app.pid, "SIGTERM");
  assert.equal(await app.ended(), 0, "it left by itself, not by the signal");
});

test("windows are drawn without a graphics card, whose drivers leave some of them blank, but where a person wants it", async (scene) => {
  const name = "WEBKIT_DISABLE_DMABUF_RENDERER=";
  const drawnWithout = (app) => environment(webProcesses(app.pid)[0]).find((entry) => entry.startsWith(name))?.slice(name.length);
  const app = await scene.start();
  assert.equal(drawnWithout(app), "1");
  await app.quit();
  assert.equal(drawnWithout(await scene.start({ env: { WEBKIT_DISABLE_DMABUF_RENDERER: "0" } })), "0");
});
