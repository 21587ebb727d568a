// Living with an account: refresh, test, reconnect, disconnect.

import assert from "node:assert/strict";
import { installOther } from "./harness/browser.mjs";
import { agree, backAtTheProduct, consent, consentPage } from "./harness/consent.mjs";
import { onStage } from "./harness/scene.mjs";
import { until } from "./harness/wait.mjs";
import { EMAIL, connect, connected } from "./steps.mjs";

const test = onStage();
const refreshes = async (practice) => (await practice.requests("token.refresh")).length;

test("refresh brings a fresh key and says until when", async (scene) => {
  const app = await scene.start();
  await connect(scene, app);
  const before = await refreshes(scene.practice);
  await app.window.click("account-refresh");
  await app.window.see("account-outcome", { kind: "refreshed" });
  assert.match(await app.window.text("account-outcome"), /\d{1,2}:\d{2}/);
  assert.equal(await refreshes(scene.practice), before + 1);
});

test("a test says a line for each permission, and which is not switched on", async (scene) => {
  await scene.practice.project({ apis: { calendar: false } });
  const app = await scene.start();
  await connect(scene, app);
  const before = await refreshes(scene.practice);
  await app.window.click("account-test");
  await app.window.see("account-outcome", { kind: "tested" });
  const verdicts = Object.fromEntries((await app.window.all("test-line")).map(({ check, verdict }) => [check, verdict]));
  assert.deepEqual(verdicts, {
    signIn: "works",
    identity: "works",
    gmail: "works",
    calendar: "switchedOff",
    contacts: "works",
    drive: "works",
  });
  assert.equal(await refreshes(scene.practice), before + 1, "a test begins with a fresh key");
});

test("reconnecting as somebody else is caught and changes nothing", async (scene) => {
  const app = await scene.start();
  await connect(scene, app);
  const kept = await scene.vaultItems();
  await scene.practice.person(EMAIL.alice, { removed_app: true });
  await app.window.click("account-refresh");
  await app.window.see("account", { email: EMAIL.alice, state: "needsReconnect" });
  assert.deepEqual(await scene.vaultItems(), kept, "no answer deletes a stored key");

  await app.window.click("account-reconnect");
  const page = await consentPage(scene.browser);
  // The browser is signed in as somebody else, who goes on without looking.
  const asked = new URL(page.url());
  assert.equal(asked.searchParams.get("login_hint"), EMAIL.alice);
  asked.searchParams.set("login_hint", EMAIL.bob);
  await page.goto(asked.href);
  await agree(page);
  await backAtTheProduct(page);
  await app.window.see("attempt-fault", { code: "other_account_chosen" });
  await app.window.click("attempt-cancel");
  await app.window.see("account", { email: EMAIL.alice, state: "needsReconnect" });
  assert.equal((await app.window.all("account")).length, 1);
  assert.deepEqual(await scene.vaultItems(), kept);

  await app.window.click("account-reconnect");
  await consent(scene.browser, "alice", { chooser: false });
  await connected(app.window, "alice");
  assert.equal((await scene.vaultItems()).length, 1);
});

test("an account is connected again in the browser that was chosen for it", async (scene) => {
  const opened = installOther(scene.profile, "Other browser");
  const app = await scene.start();
  await connect(scene, app);
  const before = scene.browser.opened().length;
  await app.window.click("browser-open");
  await app.window.choose("account-browser-choice", "Other browser");
  // Opened anew it shows what is kept.
  await app.window.click("browser-open");
  await app.window.click("browser-open");
  await until("it to be kept", async () => (await app.window.chosen("account-browser-choice")) === "Other browser");
  await app.quit();

  const again = await scene.start();
  await connected(again.window, "alice");
  await scene.practice.person(EMAIL.alice, { removed_app: true });
  await again.window.click("account-refresh");
  await again.window.see("account", { email: EMAIL.alice, state: "needsReconnect" });
  await again.window.click("account-reconnect");
  const [asked] = await until("the other browser", () => opened().length > 0 && opened());
  assert.equal(new URL(asked).searchParams.get("login_hint"), EMAIL.alice);
  assert.equal(scene.browser.opened().length, before, "and in no other");
  await again.window.click("attempt-cancel");

  await again.window.click("browser-open");
  await again.window.choose("account-browser-choice", "The one in Settings");
  await again.window.click("account-reconnect");
  await consent(scene.browser, "alice", { chooser: false });
  await connected(again.window, "alice");
  assert.equal(opened().length, 1);
});

test("disconnecting ends the grant at the provider and removes everything here", async (scene) => {
  const app = await scene.start();
  await connect(scene, app);
  await app.window.click("account-disconnect");
  await app.window.click("disconnect-everywhere");
  await app.window.gone("account");
  await app.window.see("welcome-connect");
  const grant = await scene.practice.grant(EMAIL.alice);
  assert.deepEqual([grant.live_refresh_tokens, grant.live_access_tokens], [0, 0]);
  assert.deepEqual(await scene.vaultItems(), []);
});

test("removing from this computer only leaves the grant alone", async (scene) => {
  const app = await scene.start();
  await connect(scene, app);
  await app.window.click("account-disconnect");
  await app.window.click("disconnect-here");
  await app.window.gone("account");
  assert.equal((await scene.practice.grant(EMAIL.alice)).live_refresh_tokens, 1);
  assert.equal((await scene.practice.requests("revoke")).length, 0);
  assert.deepEqual(await scene.vaultItems(), []);
});

test("disconnecting offline stays visible and is finished after a restart", async (scene) => {
  const app = await scene.start();
  await connect(scene, app);
  await scene.practice.goOffline();
  await app.window.click("account-disconnect");
  await app.window.click("disconnect-everywhere");
  await app.window.see("account", { email: EMAIL.alice, state: "disconnecting" });
  assert.equal((await scene.vaultItems()).length, 1, "the key is needed to finish");
  await app.quit();

  await scene.practice.comeBack();
  assert.equal((await scene.practice.grant(EMAIL.alice)).live_refresh_tokens, 1);
  const again = await scene.start();
  await until("the grant's end", async () => (await scene.practice.grant(EMAIL.alice)).live_refresh_tokens === 0, {
    within: 20_000,
  });
  await again.window.gone("account", {}, { within: 20_000 });
  assert.deepEqual(await scene.vaultItems(), []);
});
