// Programs ask, a person answers in the window that asks, and each gets what it was allowed and no more.

import assert from "node:assert/strict";
import { asker } from "./harness/asker.mjs";
import { connectByLink, evergrant } from "./harness/command.mjs";
import { bringToFront, clickInto, close, inFront, press, untilWindows, windows } from "./harness/desktop.mjs";
import { nothingAsked, question } from "./harness/question.mjs";
import { onStage } from "./harness/scene.mjs";
import { until } from "./harness/wait.mjs";
import { EMAIL, connect, connected, ownerOf } from "./steps.mjs";

const test = onStage();

const { alice } = EMAIL;
const SEND = "https://www.googleapis.com/auth/gmail.send";
const CALENDAR = "https://www.googleapis.com/auth/calendar";
const TWO = { permissions: ["sendMail", "calendar"] };

test("a question says who asks, for what and why; allowed once, the next request asks again", async (scene) => {
  const { env } = scene.profile;
  const app = await scene.start();
  await connect(scene, app, TWO);
  const [main] = await windows(env);
  const program = asker(scene.profile, "calendar-sync");

  const asking = program.waits(alice, { reason: "Shows your next appointments" });
  const first = await question(app);
  const asked = await first.asks();
  assert.equal(asked.focus, "deny");
  assert.deepEqual([asked.program, asked.assurance], [program.name, "script"]);
  assert.ok(asked.words.includes(program.path), `the path is in: ${asked.words}`);
  assert.deepEqual(asked.accounts, [alice]);
  assert.deepEqual(asked.scopes, [CALENDAR, SEND]);
  assert.match(asked.reason, /It says:\s+“Shows your next appointments”/);
  assert.equal(asked.command, false);

  // While another window has the keys, the answers that give something away sleep. The click that brings the
  // question back to the front, and one right behind it, were not meant for it.
  const { found } = await untilWindows(env, 2);
  const own = found.find((id) => id !== main);
  await first.awake("allow-once");
  const allow = await first.place("allow-once");
  await bringToFront(env, main);
  await first.asleep("allow-once");
  await clickInto(env, own, allow, { times: 2 });
  await first.awake("allow-once");
  assert.equal((await first.asks()).id, asked.id, "the question stands");
  assert.equal((await first.asks()).focus, "deny");

  await clickInto(env, own, allow);
  await first.answered(asked.id);
  const given = await asking.answer();
  assert.equal(given.status, 200, JSON.stringify(given.body.code));
  assert.equal(await ownerOf(scene, given.body.access_token), alice);

  const pending = await program.token(alice);
  assert.deepEqual([pending.status, pending.body.code], [503, "approval_pending"]);
  assert.ok(Number(pending.retryAfter) > 0);
  const second = await question(app);
  assert.notEqual((await second.asks()).id, asked.id);
  await second.answer("deny");
  await nothingAsked(app);
});

test("each no is a no, and is not followed by another question", async (scene) => {
  const { env } = scene.profile;
  const app = await scene.start();
  await connect(scene, app, TWO);
  const [main] = await windows(env);

  const no = {
    escape: () => press(env, "Escape"),
    enter: () => press(env, "Return"), // The focus is on Deny.
    closed: async () => close(env, (await windows(env)).find((id) => id !== main)),
    muted: async (asked) => asked.answer("deny-mute"),
  };
  for (const [name, say] of Object.entries(no)) {
    const program = asker(scene.profile, name);
    const asking = program.waits(alice);
    const asked = await question(app);
    await until("it to be in front", async () => (await inFront(env)) !== main);
    await say(asked);
    const refused = await asking.answer();
    assert.deepEqual([refused.status, refused.body.code], [403, "approval_denied"], name);
    await nothingAsked(app);

    // One that waits for a person is answered at once: nobody is asked.
    const again = await program.waits(alice).answer();
    assert.equal(again.body.code, "approval_denied", name);
    if (name === "muted") assert.equal(again.retryAfter, null, "there is no time after which it may ask");
    else assert.ok(Number(again.retryAfter) > 240, `${name} may ask again in ${again.retryAfter} s`);
  }

  await app.window.click("programs-open");
  await app.window.see("program", { name: "escape.py", muted: "false" });
  await app.window.see("program", { name: "muted.py", muted: "true" });
  await app.window.part("program", { name: "muted.py" }).click("program-forget");
  await app.window.gone("program", { name: "muted.py" });
  assert.equal((await asker(scene.profile, "muted").token(alice)).body.code, "approval_pending", "it may ask again");
});

test("what is allowed for longer holds over a restart, until it is narrowed or ended", async (scene) => {
  const app = await scene.start();
  await connect(scene, app, TWO);
  const always = asker(scene.profile, "always");
  const hours = asker(scene.profile, "hours");
  for (const [program, button] of [[always, "allow-always"], [hours, "allow-12h"]]) {
    const asking = program.waits(alice);
    await (await question(app)).answer(button);
    assert.equal((await asking.answer()).status, 200);
    await nothingAsked(app);
  }
  await app.quit();

  const again = await scene.start();
  await connected(again.window, "alice");
  for (const program of [always, hours]) {
    const given = await program.token(alice);
    assert.equal(given.status, 200, `${program.name}: ${given.body.code}`);
    assert.equal(await ownerOf(scene, given.body.access_token), alice);
  }
  const { grants } = (await hours.ask("GET", "/v1/grants")).body;
  assert.equal(grants[0].until - grants[0].since, 12 * 3_600);

  await again.window.click("programs-open");
  const card = again.window.part("program", { name: always.name });
  assert.equal(await card.text("program-grant-until"), "Until you end it");
  assert.match(await again.window.part("program", { name: hours.name }).text("program-grant-until"), /^For 12 hours/);

  await card.click("grant-change");
  await card.click("grant-scope", { scope: SEND });
  await card.click("grant-save");
  await card.gone("grant-form");
  assert.deepEqual((await card.all("program-grant-scope")).map(({ scope }) => scope), [CALENDAR]);
  assert.match(await card.text("program-grant-uses"), /^Used /);
  const narrowed = await always.token(alice);
  const { scopes } = narrowed.body;
  assert.ok(scopes.includes(CALENDAR) && !scopes.includes(SEND), String(scopes));
  const more = await always.token(alice, { scopes: [SEND] });
  assert.equal(more.body.code, "approval_pending");
  await (await question(again)).answer("deny");
  await nothingAsked(again);

  const other = again.window.part("program", { name: hours.name });
  await other.click("grant-end");
  await again.window.gone("program", { name: hours.name });
  assert.equal((await hours.token(alice)).body.code, "approval_pending");
  await (await question(again)).answer("deny");
});

test("questions come one after the other, and go with those who asked them", async (scene) => {
  const app = await scene.start();
  await connect(scene, app, TWO);
  const [one, two, three] = ["one", "two", "three"].map((name) => asker(scene.profile, name));

  const first = one.waits(alice);
  const asked = await question(app);
  assert.equal((await asked.asks()).behind, false);
  const second = two.waits(alice);
  await asked.see("question-behind");
  assert.equal((await asked.asks()).program, one.name, "what is shown stays");
  await asked.answer("allow-once");
  assert.equal((await first.answer()).status, 200);
  await asked.see("question", { program: two.name });
  assert.equal((await asked.asks()).behind, false);

  const third = three.waits(alice);
  await asked.see("question-behind");
  await second.end();
  await asked.see("question", { program: three.name });
  await third.end();
  await nothingAsked(app);
});

test("with the main window closed a question still comes; the tray says so, and pauses programs", async (scene) => {
  const { env } = scene.profile;
  const app = await scene.start();
  await connect(scene, app, TWO);
  const [main] = await windows(env);
  await close(env, main);
  await untilWindows(env, 0);

  const program = asker(scene.profile, "backup");
  const asking = program.waits(alice);
  const asked = await question(app);
  await untilWindows(env, 1);
  await app.tray.says("A program asks for access…");
  await asked.answer("allow-always");
  assert.equal((await asking.answer()).status, 200);
  await untilWindows(env, 0);
  await app.tray.says("A program asks for access…", { there: false });

  await app.tray.press("Pause access for programs");
  await app.tray.says("End the pause for programs");
  const paused = await program.token(alice);
  assert.deepEqual([paused.status, paused.body.code], [503, "paused"]);
  const other = await asker(scene.profile, "other").waits(alice).answer();
  assert.equal(other.body.code, "paused", "nobody is asked meanwhile");
  await app.tray.press("End the pause for programs");
  await app.tray.says("Pause access for programs");
  assert.equal((await program.token(alice)).status, 200);
});

test("started hidden, a question brings a window of its own and nothing else", async (scene) => {
  const { env } = scene.profile;
  await scene.launch({ args: ["--practice", "--hidden"] });
  await until("the socket", async () => (await evergrant(scene.profile, ["status"])).code === 0);
  await connectByLink(scene.profile, "alice");
  assert.deepEqual(await windows(env), []);

  // No driver holds this window: it is seen and answered from outside, with the keyboard.
  const asking = asker(scene.profile, "backup").waits(alice);
  const { found } = await untilWindows(env, 1);
  await until("it to be in front", async () => (await inFront(env)) === found[0]);
  await until("Escape to close it", async () => {
    await press(env, "Escape"); // Its page may not be there yet.
    return (await windows(env)).length === 0;
  });
  assert.equal((await asking.answer()).body.code, "approval_denied");
});

test("an account on its way out, and one that is gone, give a program nothing", async (scene) => {
  const app = await scene.start();
  await connect(scene, app, TWO);
  const program = asker(scene.profile, "mailer");
  const asking = program.waits(alice);
  await (await question(app)).answer("allow-always");
  assert.equal((await asking.answer()).status, 200);

  await scene.practice.goOffline();
  await app.window.click("account-disconnect");
  await app.window.click("disconnect-everywhere");
  await app.window.see("account", { email: alice, state: "disconnecting" });
  const leaving = await program.token(alice);
  assert.deepEqual([leaving.status, leaving.body.code], [409, "disconnecting"]);

  await scene.practice.comeBack();
  await app.window.click("disconnect-again");
  await app.window.gone("account");
  const left = await program.token(alice);
  assert.deepEqual([left.status, left.body.code], [404, "account_unknown"]);
});
