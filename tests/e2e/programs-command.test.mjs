// The evergrant command beside the desktop program: who asks through it, what it shows, and how it starts it.

import assert from "node:assert/strict";
import { asker, commandRunner } from "./harness/asker.mjs";
import { evergrant, evergrantDoes } from "./harness/command.mjs";
import { windows } from "./harness/desktop.mjs";
import { gone } from "./harness/process.mjs";
import { question } from "./harness/question.mjs";
import { onStage } from "./harness/scene.mjs";
import { Tray } from "./harness/tray.mjs";
import { EMAIL, connect, ownerOf } from "./steps.mjs";

const test = onStage();

const { alice } = EMAIL;
const TWO = { permissions: ["sendMail", "calendar"] };

test("through the command it is the script that asks: what one was allowed covers no other", async (scene) => {
  const { profile } = scene;
  const app = await scene.start();
  await connect(scene, app, TWO);
  const [nightly, stranger] = ["nightly", "stranger"].map((name) => commandRunner(profile, name));

  const asking = nightly.run("token", alice, "--reason", "Backs up your calendar");
  const asked = await question(app);
  const { program, command, words } = await asked.asks();
  assert.deepEqual([program, command], [nightly.name, true]);
  assert.ok(words.includes(nightly.path), words);
  await asked.answer("allow-always");
  const given = await asking;
  assert.equal(given.code, 0, given.stderr);
  assert.equal(await ownerOf(scene, given.stdout.trim()), alice);
  assert.equal((await nightly.run("token", alice, "--wait", "0")).code, 0, "the same script needs no answer any more");

  const strange = stranger.run("token", alice);
  const other = await question(app);
  assert.equal((await other.asks()).program, stranger.name);
  await other.answer("deny");
  const refused = await strange;
  assert.deepEqual([refused.code, refused.stdout], [4, ""], refused.stderr);

  const json = async (...said) => JSON.parse(await evergrantDoes(profile, [...said, "--json"]));
  assert.deepEqual((await json("accounts")).accounts.map(({ email, state }) => [email, state]), [[alice, "connected"]]);
  const status = await json("status");
  assert.deepEqual([status.headless, status.paused], [false, false]);
  const { programs } = await json("apps");
  const decided = Object.fromEntries(programs.map(({ name, grants }) => [name, grants.length]));
  assert.deepEqual(decided, { [nightly.name]: 1, [stranger.name]: 0 });
  const log = await json("log", "--search", stranger.name);
  assert.equal(log.intact, true);
  assert.deepEqual(kinds(log.entries), ["refused approval_denied"]);
  const { checks } = JSON.parse((await evergrant(profile, ["doctor", "--json"])).stdout);
  const verdicts = Object.fromEntries(checks.map(({ name, verdict }) => [name, verdict]));
  assert.deepEqual([verdicts.socket, verdicts.vault, verdicts.tray], ["well", "well", "well"], JSON.stringify(checks));
  assert.match(await evergrantDoes(profile, ["test", alice]), /Calendar/);
  assert.match(await evergrantDoes(profile, ["refresh", alice]), /fresh access until/);

  const allow = await evergrant(profile, ["apps", "allow", stranger.path, "--account", alice, "--through-command"]);
  assert.deepEqual([allow.code, allow.stdout], [4, ""]);
  assert.match(allow.stderr, /in the Evergrant window/);
  assert.equal((await stranger.run("token", alice, "--wait", "0")).code, 4, "it is still refused");
});

test("where nothing runs the command says how to start it, and starts it hidden when told to", async (scene, t) => {
  const { profile } = scene;
  const app = await scene.start({ args: [] });
  await app.window.click("welcome-practice");
  await app.window.see("practice-banner");
  await connect(scene, app, TWO);
  const started = { ...profile, env: { ...profile.env, ...scene.practice.env } };
  const runner = commandRunner(started, "from-cron");
  const asking = runner.run("token", alice);
  await (await question(app)).answer("allow-always");
  assert.equal((await asking).code, 0);
  await app.quit();

  const refused = await runner.run("token", alice);
  assert.deepEqual([refused.code, refused.stdout], [3, ""]);
  assert.match(refused.stderr, /not running.*--start/s);

  t.after(() => quitStarted(profile));
  const given = await runner.run("token", alice, "--start");
  assert.equal(given.code, 0, given.stderr);
  assert.equal(await ownerOf(scene, given.stdout.trim()), alice);
  assert.deepEqual(await windows(profile.env), []);
  assert.match(await evergrantDoes(profile, ["accounts"]), new RegExp(`${alice} +Connected`));
});

/** Ends the program that the command started, which no test holds. */
async function quitStarted(profile) {
  const { servedBy } = await asker(profile, "who-serves").ask("GET", "/v1/status");
  await new Tray(profile.env, servedBy).press(/quit/i);
  await gone(servedBy);
}

/** The different outcomes of some lines of the log. */
const kinds = (lines) => [...new Set(lines.map(({ outcome, code }) => `${outcome} ${code}`))];
