// What is told outside the windows, by a real server of notifications, and where a press on it leads.

import assert from "node:assert/strict";
import { join } from "node:path";
import { root } from "./harness/binary.mjs";
import { minimize, untilWindows } from "./harness/desktop.mjs";
import { consent } from "./harness/consent.mjs";
import { onStage } from "./harness/scene.mjs";
import { until } from "./harness/wait.mjs";
import { EMAIL, connect, connected } from "./steps.mjs";

const test = onStage({ notifications: true });

test("an account that stops is told once, with its way back; a press leads to its card", async (scene) => {
  const { env } = scene.profile;
  const { notifications } = scene.stage;
  const app = await scene.start();
  await connect(scene, app);
  await connect(scene, app, { person: "bob" });
  const { found } = await untilWindows(env, 1);
  await minimize(env, found[0]);
  await untilWindows(env, 0);

  await scene.practice.person(EMAIL.alice, { removed_app: true });
  await app.tray.press(/test all/i);
  await until("a notification", async () => (await notifications.standing()) === 1);
  const told = notifications.told();
  assert.match(told, /alice@example\.com/);
  assert.match(told, /Reconnect/);
  assert.doesNotMatch(told, /bob@example\.com/);
  await scene.stage.picture(join(root, "test-results/notification.png"));

  // The same cause is no news.
  await app.tray.press(/test all/i);
  await app.window.card(EMAIL.bob).see("account-outcome", { kind: "tested" });
  assert.equal(notifications.told().match(/alice@example\.com/g).length, told.match(/alice@example\.com/g).length);

  await notifications.press();
  await untilWindows(env, 1);
  await until("the card to have the focus", () => app.window.execute(FOCUSED, EMAIL.alice));
  assert.equal(await notifications.standing(), 0);

  // Mended, nothing stays that says otherwise.
  await app.window.card(EMAIL.alice).click("account-reconnect");
  await consent(scene.browser, "alice", { chooser: false });
  await connected(app.window, "alice");
  assert.equal(await notifications.standing(), 0);
});

const FOCUSED = `
  const card = document.activeElement?.closest("[data-testid='account']");
  return card?.dataset.email === arguments[0];
`;
