// What a disk, a vault or a hand in the settings file can do: each is said, and nothing is lost.

import assert from "node:assert/strict";
import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { call, ownerOf } from "./harness/bus.mjs";
import { startKeyring } from "./harness/keyring.mjs";
import { gone } from "./harness/process.mjs";
import { onStage } from "./harness/scene.mjs";
import { signal } from "./harness/signal.mjs";
import { ask, connect, connected } from "./steps.mjs";

const test = onStage();

const inside = { EVERGRANT_PRACTICE_URL: "" };

test("the first start: a practice account with nothing set up, kept over a restart", async (scene) => {
  const app = await scene.start({ args: [], env: inside });
  await app.window.click("welcome-practice");
  await app.window.see("practice-banner");
  await connect(scene, app);
  await app.quit();

  const again = await scene.start({ args: [], env: inside });
  await again.window.see("practice-banner");
  await connected(again.window, "alice");
  await again.window.click("account-refresh");
  await again.window.see("account-outcome", { kind: "refreshed" });
  assert.deepEqual(await scene.practice.requests(), [], "only the provider inside was asked");

  await again.window.click("leave-practice");
  await again.window.see("welcome-connect");
  assert.deepEqual(await again.window.all("account"), [], "practice accounts are not the person's own");
});

test("a vault locked meanwhile is said before the browser opens; unlocked, the account is there", async (scene) => {
  const app = await scene.start();
  await connect(scene, app);
  await lock(scene);
  await app.window.click("account-refresh");
  await app.window.see("account-outcome", { kind: "failed" }, { within: 30_000 });
  assert.match(await app.window.data("account-fault", "code"), /^vault_/);
  assert.equal(await app.window.data("account", "state"), "connected");
  const opened = scene.browser.opened().length;
  await ask(app.window);
  assert.match(await attemptFault(app.window), /^vault_/);
  assert.equal(scene.browser.opened().length, opened);
  await app.window.click("attempt-cancel");
  await unlock(scene);
  await app.window.see("view", { view: "choose" });
  await app.window.click("back");
  await app.window.click("account-refresh");
  await app.window.see("account-outcome", { kind: "refreshed" });
});

test("a lost list of accounts is found again in the vault", async (scene) => {
  const app = await scene.start();
  await connect(scene, app);
  await app.quit();
  rmSync(data(scene), { recursive: true });
  const again = await scene.start();
  await connected(again.window, "alice");
  await again.window.see("notice", { code: "accounts_found" });
  await again.window.click("account-test");
  await again.window.see("test-line", { check: "signIn", verdict: "works" });
  assert.equal((await scene.vaultItems()).length, 1);
});

test("a damaged list of accounts is put aside and made anew", async (scene) => {
  const app = await scene.start();
  await connect(scene, app);
  await app.quit();
  // Its companions too: from those alone SQLite would mend it.
  for (const name of readdirSync(data(scene)).filter((name) => name.startsWith("ledger.sqlite3"))) {
    writeFileSync(join(data(scene), name), "this is no list of accounts".repeat(400));
  }
  const again = await scene.start();
  await connected(again.window, "alice");
  await again.window.see("notice", { code: "ledger_moved_aside" });
  assert.ok(readdirSync(data(scene)).some((name) => name.includes("damaged")), "the damaged file is kept");
});

test("a slip in the settings file is named, and takes nothing else away", async (scene) => {
  const folder = join(scene.profile.env.XDG_CONFIG_HOME, "evergrant");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "config.toml"), '[[provider]]\nid = "mine"\nname = "Mine"\nisuer = "https://id.example"\n');
  const app = await scene.start({ args: [] });
  await app.window.see("notice", { code: "config_mistake" });
  const said = await app.window.text("notice", { code: "config_mistake" });
  assert.match(said, /4/);
  assert.match(said, /isuer/);
  await app.window.see("welcome-connect");
});

const data = (scene) => join(scene.profile.env.XDG_DATA_HOME, "evergrant", "practice");

const attemptFault = (window) => window.data("attempt-fault", "code");

const SECRETS = ["org.freedesktop.secrets", "/org/freedesktop/secrets", "org.freedesktop.Secret.Service"];
const collection = async (scene) => (await call(scene.profile.env, [...SECRETS, "ReadAlias"], "s", ["default"]))[0];

const lock = async (scene) => call(scene.profile.env, [...SECRETS, "Lock"], "ao", [1, await collection(scene)]);

/** As a new login does it: the password store starts anew, unlocked. */
async function unlock({ stage }) {
  const pid = await ownerOf(stage.env, SECRETS[0]);
  signal(pid, "SIGTERM");
  await gone(pid);
  await startKeyring(stage);
}
