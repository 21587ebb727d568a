// A client of one's own: the file is chosen in the desktop's dialog and judged outside the window; its
// secret goes to the vault; and a provider of one's own is described in config.toml.

import assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { findBelow } from "./harness/canary.mjs";
import { consent } from "./harness/consent.mjs";
import { chooseFile } from "./harness/file-dialog.mjs";
import { forget, items } from "./harness/keyring.mjs";
import { startPractice } from "./harness/practice.mjs";
import { onStage } from "./harness/scene.mjs";
import { connected } from "./steps.mjs";

const test = onStage();
const messages = JSON.parse(readFileSync(new URL("../../ui/messages/en.json", import.meta.url), "utf8"));
const PERSONAL = { service: "evergrant" };

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
    await choose(scene, app, content);
    await app.window.see("client-fault", { code });
  }
  assert.deepEqual(await items(scene.profile.env, PERSONAL), []);

  const right = { installed: { client_id: "1-mine.apps.example", client_secret: "MINE-secret-0123456789", project_id: "p" } };
  const file = await choose(scene, app, right);
  await app.window.see("view", { view: "choose" });
  const [kept, ...others] = await items(scene.profile.env, PERSONAL);
  assert.match(Object.values(kept).join(" "), /client:google/);
  assert.deepEqual(others, []);
  writeFileSync(file, "");
  const { found } = findBelow([scene.profile.folder], { "client secret": "MINE-secret-0123456789" });
  assert.deepEqual(found, [], "the secret is in no file");
});

test("a provider of one's own, described in config.toml, is found and used", async (scene) => {
  const { env, folder } = scene.profile;
  await forget(env, PERSONAL);
  const provider = await startPractice({ env, folder, name: "own", issuer: null });
  mkdirSync(join(env.XDG_CONFIG_HOME, "evergrant"), { recursive: true });
  writeFileSync(
    join(env.XDG_CONFIG_HOME, "evergrant", "config.toml"),
    `[[provider]]\nid = "mine"\nname = "My own"\nissuer = "${provider.url}"\noffline = "access_type"\n`,
  );
  const app = await scene.start({ args: [] });
  await app.window.click("welcome-connect");
  await app.window.click("provider-mine");
  await choose(scene, app, { installed: { client_id: provider.clientId, client_secret: provider.clientSecret } });
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

let files = 0;

/** Writes a client file and chooses it in the dialog. */
async function choose(scene, app, content) {
  files += 1;
  const file = join(scene.profile.folder, `client-${files}.json`);
  writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content));
  await app.window.click("client-choose");
  await chooseFile(scene.profile.env, messages["dialog.client_file.title"], file);
  return file;
}
