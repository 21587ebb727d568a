// A client of one's own: the file is chosen in the desktop's dialog and judged outside the window; its
// secret goes to the vault; and a provider of one's own is described in config.toml.

import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { findBelow } from "./harness/canary.mjs";
import { consent } from "./harness/consent.mjs";
import { forget, items } from "./harness/keyring.mjs";
import { onStage } from "./harness/scene.mjs";
import { PERSONAL, bring, clientOf, ownProvider } from "./own-provider.mjs";
import { connected } from "./steps.mjs";

const test = onStage();

test("files that are no desktop client are told apart, and a right one is kept in the vault", async (scene) => {
  await forget(scene.profile.env, PERSONAL);
  const app = await scene.start({ args: [] });
  await app.window.click("welcome-connect");
  await app.window.see("view", { view: "client" });
  await app.window.click("walk-have-file");
  const wrong = {
    client_file_web: { web: { client_id: "a", client_secret: "b" } },
    client_file_service_account: { type: "service_account", private_key: "c" },
    client_file_incomplete: { installed: { client_id: "a" } },
    client_file_unreadable: "{",
  };
  for (const [code, content] of Object.entries(wrong)) {
    await bring(scene, app.window, content);
    await app.window.see("client-fault", { code });
  }
  assert.deepEqual(await items(scene.profile.env, PERSONAL), []);

  const right = { installed: { client_id: "1-mine.apps.example", client_secret: "MINE-secret-0123456789", project_id: "p" } };
  const file = await bring(scene, app.window, right);
  await app.window.see("view", { view: "choose" });
  const [kept, ...others] = await items(scene.profile.env, PERSONAL);
  assert.match(Object.values(kept).join(" "), /client:google/);
  assert.deepEqual(others, []);
  writeFileSync(file, "");
  const { found } = findBelow([scene.profile.folder], { "client secret": "MINE-secret-0123456789" });
  assert.deepEqual(found, [], "the secret is in no file");
});

test("a provider of one's own, described in config.toml, is found and used", async (scene) => {
  const { env } = scene.profile;
  const provider = await ownProvider(scene);
  const app = await scene.start({ args: [] });
  await app.window.click("welcome-connect");
  await app.window.click("provider-mine");
  await bring(scene, app.window, clientOf(provider));
  await app.window.click("permission-onlySignIn");
  await app.window.click("continue");
  await consent(scene.browser, "bob");
  await connected(app.window, "bob");
  await app.window.click("account-test");
  await app.window.see("test-line", { check: "identity", verdict: "works" });
  const names = (await items(env, PERSONAL)).map((item) => Object.values(item).join(" "));
  assert.equal(names.filter((name) => /account:/.test(name)).length, 1);
  assert.equal(names.filter((name) => /client:mine/.test(name)).length, 1);

  await app.window.click("account-disconnect");
  await app.window.click("disconnect-everywhere");
  await app.window.gone("account");
  assert.equal((await provider.requests("revoke")).length, 1, "the grant was ended at the provider that describes itself");
  await provider.stop();
});

/** Writes a client file and chooses it in the dialog. */
