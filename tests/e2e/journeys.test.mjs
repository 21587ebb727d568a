// What people come for, counted in clicks in Evergrant's own windows. How long each took is said, not judged: that
// differs from one computer to the next.

import assert from "node:assert/strict";
import { asker } from "./harness/asker.mjs";
import { consent } from "./harness/consent.mjs";
import { question } from "./harness/question.mjs";
import { onStage } from "./harness/scene.mjs";
import { EMAIL, ask, connected } from "./steps.mjs";

const test = onStage();

test("from the first start to a practice account, in 5 clicks", async (scene, t) => {
  const app = await scene.start({ args: [] });
  const { window } = app;
  const journey = counted(window, t, "from the first page to a practice account");
  await journey.press("welcome-practice");
  await journey.press("preset-calendar");
  await journey.press("continue");
  await consent(scene.browser, "alice");
  await connected(window, "alice");
  journey.took(5);
});

test("from a broken account to a mended one, in 3 clicks", async (scene, t) => {
  const app = await scene.start();
  await ask(app.window);
  await consent(scene.browser, "alice");
  await connected(app.window, "alice");
  await scene.practice.person(EMAIL.alice, { removed_app: true });
  await app.window.click("account-refresh");
  await app.window.see("account", { email: EMAIL.alice, state: "needsReconnect" });

  const { window } = app;
  const journey = counted(window, t, "from a broken account to a mended one");
  await journey.press("account-reconnect");
  await consent(scene.browser, "alice", { chooser: false });
  await connected(window, "alice");
  journey.took(3);
});

test("a new program is allowed in 1 click", async (scene, t) => {
  const app = await scene.start();
  await ask(app.window);
  await consent(scene.browser, "alice");
  await connected(app.window, "alice");
  const asking = asker(scene.profile, "calendar-sync").waits(EMAIL.alice, {});
  const asked = await question(app);
  await asked.awake("allow-always");
  const begun = Date.now();
  await asked.answer("allow-always");
  const { body } = await asking.answer();
  assert.ok(body.access_token);
  said(t, "from the question to the access", 1, begun);
});

test("everything is disconnected in 3 clicks", async (scene, t) => {
  const app = await scene.start();
  const { window } = app;
  for (const person of ["alice", "bob"]) {
    await ask(window, ["calendar"]);
    await consent(scene.browser, person);
    await connected(window, person);
  }
  const journey = counted(window, t, "from two accounts to none");
  await journey.press("settings-open");
  await journey.press("settings-disconnect-all");
  await journey.press("disconnect-all-confirm");
  await window.gone("account");
  journey.took(3);
  for (const person of ["alice", "bob"]) {
    assert.equal((await scene.practice.grant(EMAIL[person])).live_refresh_tokens, 0, `the grant of ${person} is ended`);
  }
  assert.deepEqual(await scene.vaultItems(), []);
});

/** Counts what is pressed from here on. */
function counted(window, t, name) {
  let clicks = 0;
  const begun = Date.now();
  return {
    press: (...words) => ((clicks += 1), window.click(...words)),
    took(most) {
      said(t, name, clicks, begun);
      assert.ok(clicks <= most, `${name}: ${clicks} clicks, at most ${most}`);
    },
  };
}

function said(t, name, clicks, begun) {
  t.diagnostic(`${name}: ${clicks} clicks, ${((Date.now() - begun) / 1_000).toFixed(1)} s`);
}
