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
  for (const { email } of await app.window.all("account")) {
    await pressIn(app.window, email, "account-test");
    await app.window.see("account-outcome", { kind: "tested" });
  }
  // A failure's words, too: what the provider answered is told to the person.
  await scene.practice.fault("token.refresh", "oauth-error", {
    error: "invalid_request",
    error_description: "Something about 1//0planted-by-the-provider-0123456789",
  });
  await pressIn(app.window, EMAIL.alice, "account-refresh");
  await app.window.see("account-outcome", { kind: "failed" });
  await scene.practice.person(EMAIL.bob, { removed_app: true });
  await pressIn(app.window, EMAIL.bob, "account-refresh");
  await app.window.see("account", { email: EMAIL.bob, state: "needsReconnect" });

  const secrets = { "client secret": scene.practice.clientSecret };
  const messages = await payloads(app.window);
  assert.ok(messages.length > 20, `only ${messages.length} messages were recorded`);
  assert.ok(messages.some((message) => message.includes(EMAIL.bob)), "the recorder saw the accounts");
  assert.deepEqual(messages.flatMap((message) => findIn(message, "a message to the window", secrets)), []);

  await t.test("in the memory of the web view", () => {
    const processes = webProcesses(app.pid);
    assert.equal(processes.length, 1);
    const { found, bytes } = findInMemory(processes[0], secrets);
    assert.ok(bytes > 10_000_000, `only ${bytes} bytes were read`);
    assert.deepEqual(found, []);
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

/** Presses a button inside one account's card. */
const pressIn = (window, email, id) =>
  window.execute(
    `const card = document.querySelector('[data-testid="account"][data-email="' + arguments[0] + '"]');
     card.querySelector('[data-testid="' + arguments[1] + '"]').click();`,
    email,
    id,
  );
