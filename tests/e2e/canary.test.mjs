// No token in any file, any log, any message to the window, or the memory of the web view.

import assert from "node:assert/strict";
import { appendFileSync } from "node:fs";
import { join } from "node:path";
import { findBelow, findIn } from "./harness/canary.mjs";
import { findInMemory, webProcesses } from "./harness/memory.mjs";
import { payloads } from "./harness/payloads.mjs";
import { onStage } from "./harness/scene.mjs";
import { EMAIL, connect } from "./steps.mjs";

const test = onStage();

test("after a whole life of accounts no secret is found anywhere but in the vault", async (scene, t) => {
  const app = await scene.start();
  await connect(scene, app, { person: "alice" });
  await connect(scene, app, { person: "bob" });
  const [alice, bob] = [EMAIL.alice, EMAIL.bob].map((email) => app.window.card(email));
  for (const card of [alice, bob]) {
    await card.click("account-test");
    await card.see("account-outcome", { kind: "tested" });
  }
  // A failure's words, too: what the provider answered is told to the person, and may echo what it was sent.
  await scene.practice.fault("token.refresh", "oauth-error", {
    error: "invalid_request",
    error_description: `Something about 1//0${"planted".repeat(4)}`,
  });
  await alice.click("account-refresh");
  await alice.see("account-outcome", { kind: "failed" });
  await scene.practice.person(EMAIL.bob, { removed_app: true });
  await bob.click("account-refresh");
  await app.window.see("account", { email: EMAIL.bob, state: "needsReconnect" });

  const secrets = { "client secret": scene.practice.clientSecret };
  const messages = await payloads(app.window);
  assert.ok(messages.length > 20, `only ${messages.length} messages were recorded`);
  assert.ok(messages.some((message) => message.includes(EMAIL.bob)), "the recorder saw the accounts");
  assert.deepEqual(messages.flatMap((message) => findIn(message, "a message to the window", secrets)), []);

  await t.test("nor in the memory of the web view", async (t) => {
    const [page, ...others] = webProcesses(app.pid);
    assert.ok(page && others.length === 0, "one process holds the page");
    const search = () => findInMemory(page, secrets);
    let first;
    try {
      first = search();
    } catch (error) {
      if (!["EACCES", "EPERM"].includes(error.code)) throw error;
      return t.skip("this system lets no process read another's memory");
    }
    assert.ok(first.bytes > 10_000_000, `only ${first.bytes} bytes were read`);
    assert.deepEqual(first.found, []);
    // The same search would have found one.
    await app.window.execute("window.planted = ['ya29.', 'planted0123456789'].join('');  return window.planted.length;");
    assert.ok(search().found.length > 0);
  });
  await app.quit();

  // The person's home, all logs, the stage's own home with the keyring's files, and the runtime folder.
  const { profile, stage } = scene;
  const folders = [join(profile.folder, "home"), profile.logs, stage.logs, stage.env.HOME, stage.env.XDG_RUNTIME_DIR];
  const { found, files } = findBelow(folders, secrets);
  assert.ok(files > 15, `only ${files} files were searched`);
  assert.deepEqual(found, []);

  // The same search would have found one.
  appendFileSync(app.log, "DEBUG token ya29.planted0123456789\n");
  assert.equal(findBelow(folders, secrets).found.length, 1);
});
