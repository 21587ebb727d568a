// An account that stopped says why, and its history says what happened, over a restart too.

import assert from "node:assert/strict";
import { consent } from "./harness/consent.mjs";
import { onStage } from "./harness/scene.mjs";
import { EMAIL, connect, connected } from "./steps.mjs";

const test = onStage();

/** The turns of its life, newest first; how often it was refreshed in between is not looked at. */
const turns = async (window) =>
  (await window.all("history-line")).map(({ what }) => what).filter((what) => /connected|stopped/.test(what));

test("an account that stopped says why, and what happened is kept", async (scene) => {
  const app = await scene.start();
  await connect(scene, app);
  await scene.practice.person(EMAIL.alice, { removed_app: true });
  await app.window.click("account-refresh");
  await app.window.see("account", { email: EMAIL.alice, state: "needsReconnect" });

  await app.window.see("account-reason");
  assert.match(await app.window.data("account-reason", "sureness"), /^(certain|likely|possible)$/);
  await app.window.click("history-open");
  await app.window.see("history-line", { what: "stopped", code: "grant_ended" });
  assert.deepEqual(await turns(app.window), ["stopped", "connected"]);

  await app.window.click("account-reconnect");
  await consent(scene.browser, "alice", { chooser: false });
  await connected(app.window, "alice");
  await app.window.gone("account-reason");
  // It stayed open, and follows by itself.
  await app.window.see("history-line", { what: "reconnected" });
  await app.quit();

  const again = await scene.start();
  await connected(again.window, "alice");
  await again.window.click("history-open");
  await again.window.see("history-line", { what: "reconnected" });
  assert.deepEqual(await turns(again.window), ["reconnected", "stopped", "connected"]);
});
