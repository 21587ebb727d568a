// Leaving for good, from the real window: the grants end at the provider, and nothing stays on the computer.

import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { consent } from "./harness/consent.mjs";
import { items } from "./harness/keyring.mjs";
import { gone } from "./harness/process.mjs";
import { onStage } from "./harness/scene.mjs";
import { PERSONAL, bring, clientOf, ownProvider } from "./own-provider.mjs";
import { EMAIL, connected } from "./steps.mjs";

const test = onStage();

test("deleting everything ends the connections first, and then the program with all it kept", async (scene) => {
  const { provider, app } = await connectedOnce(scene);
  assert.ok(kept(scene).length > 0);

  await erase(app.window);
  await gone(app.pid, { within: 30_000 });
  assert.equal((await provider.requests("revoke")).length, 1);
  assert.deepEqual(await items(scene.profile.env, PERSONAL), []);
  assert.deepEqual(kept(scene), []);

  const again = await scene.start({ args: [] });
  await again.window.see("welcome-connect");
  await provider.stop();
});

test("offline it waits and deletes nothing; called off, the account stays on its way out", async (scene) => {
  const { provider, app } = await connectedOnce(scene);
  const before = await items(scene.profile.env, PERSONAL);
  await provider.goOffline();
  await erase(app.window);
  await app.window.see("delete-keep");
  assert.deepEqual(await items(scene.profile.env, PERSONAL), before);
  await app.window.click("delete-keep");
  await app.window.see("account", { email: EMAIL.bob, state: "disconnecting" });
  assert.ok(kept(scene).length > 0);
});

/** A person's own account, which practice accounts are not: those live nowhere but here. */
async function connectedOnce(scene) {
  const provider = await ownProvider(scene);
  const app = await scene.start({ args: [] });
  const { window } = app;
  await window.click("welcome-connect");
  await window.click("provider-mine");
  await bring(scene, window, clientOf(provider));
  await window.click("permission-onlySignIn");
  await window.click("continue");
  await consent(scene.browser, "bob");
  await connected(window, "bob");
  return { provider, app };
}

async function erase(window) {
  await window.click("settings-open");
  await window.click("settings-delete");
  await window.click("delete-confirm");
}

/** What Evergrant keeps in the person's home; what a person wrote there stays. */
function kept({ profile: { env } }) {
  const names = readdirSync(env.HOME, { recursive: true });
  return names.filter((name) => /evergrant/i.test(name) && !/\/evergrant(\/(config\.toml|steps.*))?$/.test(name));
}
