// A desktop without a password store: nothing is connected that could not be kept, and it is said.

import assert from "node:assert/strict";
import { onStage } from "./harness/scene.mjs";
import { ask } from "./steps.mjs";

const test = onStage({ keyring: false });

test("without a vault the browser is not even opened", async (scene) => {
  const app = await scene.start();
  await ask(app.window);
  await app.window.see("attempt-fault", { code: "vault_absent" });
  assert.deepEqual(scene.browser.opened(), []);
  assert.deepEqual(await scene.practice.requests("auth"), []);
  await app.window.click("attempt-cancel");
  await app.window.see("view", { view: "choose" });
});

test("without a session bus it starts, says what is missing, and stays alive", async (scene) => {
  const app = await scene.start({ env: { DBUS_SESSION_BUS_ADDRESS: "unix:path=/nonexistent/bus" } });
  await ask(app.window);
  await app.window.see("attempt-fault", { code: "vault_unreachable" });
  await app.window.click("attempt-cancel");
  await app.window.see("view", { view: "choose" });
});
