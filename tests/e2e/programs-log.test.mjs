// What stays of an answer: lines in the log, and no token anywhere.

import assert from "node:assert/strict";
import { appendFileSync, existsSync } from "node:fs";
import { join } from "node:path";
import { asker } from "./harness/asker.mjs";
import { findBelow } from "./harness/canary.mjs";
import { nothingAsked, question } from "./harness/question.mjs";
import { onStage } from "./harness/scene.mjs";
import { until } from "./harness/wait.mjs";
import { EMAIL, connect } from "./steps.mjs";

const test = onStage();

const { alice } = EMAIL;
const CALENDAR = "https://www.googleapis.com/auth/calendar";
const TWO = { permissions: ["sendMail", "calendar"] };

test("the log says who was given what and who was refused, and no token is in it or any other file", async (scene) => {
  const app = await scene.start();
  await connect(scene, app, TWO);
  const [given, refused] = ["given", "refused"].map((name) => asker(scene.profile, name));
  const tokens = {};
  for (const [name, scopes] of [["whole", undefined], ["narrow", [CALENDAR]]]) {
    const asking = given.waits(alice, { scopes, reason: `for ${name}` });
    await (await question(app)).answer("allow-once");
    tokens[name] = (await asking.answer()).body.access_token;
    await nothingAsked(app);
  }
  assert.ok(tokens.whole.length > 20 && tokens.narrow.length > 20 && tokens.whole !== tokens.narrow);
  const asking = refused.waits(alice);
  await (await question(app)).answer("deny");
  assert.equal((await asking.answer()).status, 403);

  await app.window.click("programs-open");
  await app.window.click("log-open");
  const lines = () => app.window.all("log-line");
  const of = (program, all) => all.filter(({ text }) => text.includes(program.name));
  const all = await until("all lines", async () => {
    const shown = await lines();
    return of(given, shown).length >= 2 && of(refused, shown).length >= 1 && shown;
  });
  assert.deepEqual(kinds(of(given, all)), ["given", "granted"]);
  assert.deepEqual(kinds(of(refused, all)), ["refused approval_denied"]);
  await app.window.type("log-search", refused.name);
  await until("only those that match", async () => {
    const found = await lines();
    return found.length > 0 && of(refused, found).length === found.length;
  });
  assert.equal(await app.window.glance("log-broken"), null);
  await app.quit();

  const { profile, stage } = scene;
  const book = join(profile.env.XDG_DATA_HOME, "evergrant", "programs.sqlite3");
  assert.ok(existsSync(book), `${book} is not there`);
  const folders = [join(profile.folder, "home"), profile.logs, stage.logs, stage.env.HOME, stage.env.XDG_RUNTIME_DIR];
  const secrets = { ...tokens, "client secret": scene.practice.clientSecret };
  assert.deepEqual(findBelow(folders, secrets).found, []);
  // The same search would have found one, in the log and in the book.
  for (const [place, token] of [[app.log, tokens.whole], [book, tokens.narrow]]) {
    appendFileSync(place, `planted ${token}`);
    assert.ok(findBelow(folders, secrets).found.some(({ place: found }) => found === place), place);
  }
});

/** The different outcomes of some lines of the log. */
const kinds = (lines) => [...new Set(lines.map(({ outcome, code }) => `${outcome} ${code}`.trim()))].sort();
