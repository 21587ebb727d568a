// The first minutes: connect, restart, refuse, leave something out.

import assert from "node:assert/strict";
import { backAtTheProduct, choosePerson, consent, consentPage, deny } from "./harness/consent.mjs";
import { onStage } from "./harness/scene.mjs";
import { ALL, EMAIL, ask, connect, connected, scopes } from "./steps.mjs";

const test = onStage();

test("an account is connected, kept in the vault as one item, and there after a restart", async (scene) => {
  const app = await scene.start();
  await app.window.see("practice-banner");
  const said = await connect(scene, app);
  assert.ok(said.trim().length > 10 && !/error|wrong/i.test(said), `the browser's page says: ${said}`);
  assert.equal(await app.window.data("account-outcome", "kind"), "connected");

  const items = await scene.vaultItems();
  assert.equal(items.length, 1, `one item in the vault: ${JSON.stringify(items)}`);
  assert.match(Object.values(items[0]).join(" "), /account:/);

  await app.quit();
  const asked = (await scene.practice.requests("auth")).length;
  const again = await scene.start();
  await connected(again.window, "alice");
  assert.equal((await scene.practice.requests("auth")).length, asked, "no second consent was asked");
  assert.deepEqual(await scene.vaultItems(), items);
  await again.window.click("account-refresh");
  await again.window.see("account-outcome", { kind: "refreshed" });
});

test("refusing in the browser leads back to where it began", async (scene) => {
  const app = await scene.start();
  await ask(app.window);
  const page = await consentPage(scene.browser);
  await choosePerson(page, "bob");
  await deny(page);
  await backAtTheProduct(page);
  await app.window.see("attempt-fault", { code: "consent_denied" });
  await app.window.click("attempt-cancel");
  await app.window.see("view", { view: "choose" });
  assert.deepEqual(await app.window.all("account"), []);
  assert.deepEqual(await scene.vaultItems(), []);
});

test("what is unticked in the browser is shown as missing, and can be asked for again", async (scene) => {
  const app = await scene.start();
  await connect(scene, app, { person: "dora", untick: ["calendar"] });
  assert.deepEqual(await scopes(app.window, "account-missing"), ["calendar"]);
  assert.ok(!(await scopes(app.window, "account-granted")).includes("calendar"));

  await app.window.click("account-ask-again");
  await consent(scene.browser, "dora", { chooser: false });
  await app.window.gone("account-missing");
  assert.equal((await app.window.all("account")).length, 1);
  assert.equal((await scene.practice.grant(EMAIL.dora)).granted_scopes.filter((scope) => scope.includes("calendar")).length, 1);
});

test("a consent without a lasting key is asked for once more, and said why", async (scene) => {
  await scene.practice.project({ omit_refresh_token: 1 });
  const app = await scene.start();
  await ask(app.window);
  await consent(scene.browser, "alice");
  await app.window.see("attempt-asked-again");
  await consent(scene.browser, "alice", { chooser: false });
  await connected(app.window, "alice");
  assert.equal((await scene.practice.requests("auth")).length, 2);
});

test("a provider that never gives a lasting key leads to one clear failure, not a loop", async (scene) => {
  await scene.practice.project({ omit_refresh_token: 9 });
  const app = await scene.start();
  await ask(app.window);
  await consent(scene.browser, "alice");
  await app.window.see("attempt-asked-again");
  await consent(scene.browser, "alice", { chooser: false });
  await app.window.see("attempt-fault", { code: "no_lasting_access" });
  assert.equal((await scene.practice.requests("auth")).length, 2);
  assert.deepEqual(await scene.vaultItems(), []);
});

test("every permission is asked for and granted", async (scene) => {
  const app = await scene.start();
  await connect(scene, app, { person: "chioma", permissions: ALL });
  assert.equal((await app.window.all("account-missing")).length, 0);
  assert.ok((await app.window.all("account-granted")).length >= ALL.length);
});
