// The harness itself: a test that relies on it must be able to fail.

import assert from "node:assert/strict";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { ownerOf } from "./harness/bus.mjs";
import { findBelow, findIn } from "./harness/canary.mjs";
import { agree, choosePerson, consentPage } from "./harness/consent.mjs";
import { items, keepKeyring, lookup, store } from "./harness/keyring.mjs";
import { marked } from "./harness/marked.mjs";
import { findInMemory } from "./harness/memory.mjs";
import { startPractice } from "./harness/practice.mjs";
import { gone, run, start } from "./harness/process.mjs";
import { freshProfile } from "./harness/profile.mjs";
import { lives, signal, signalGroup } from "./harness/signal.mjs";
import { startStage } from "./harness/stage.mjs";
import { bounded, until } from "./harness/wait.mjs";

let stage;
before(async () => {
  stage = await startStage();
});
after(() => stage?.stop());

test("a wait ends, and says for what it waited", async () => {
  await assert.rejects(until("the moon", () => false, { within: 50 }), /50 ms for the moon; last seen: false/);
  await assert.rejects(bounded("a nap", new Promise(() => {}), 20), /a nap took longer than 20 ms/);
});

test("a signal goes to one that is named, never to the whole run", async () => {
  // What an empty, a missing or a garbled note of a process leads to. Signal 0 only asks: this test survives its own failure.
  for (const nobody of [Number(""), undefined, Number("x"), -1, 1]) {
    assert.throws(() => signal(nobody, 0), /no process of a test/);
    assert.throws(() => signalGroup(nobody, 0), /no process of a test/);
    assert.throws(() => lives(nobody), /no process of a test/);
  }
  const sleeper = start("sleep", ["600"], { env: stage.env, log: join(stage.logs, "sleeper.log") });
  assert.ok(lives(sleeper.pid));
  signal(sleeper.pid, "SIGKILL");
  assert.equal((await bounded("its end", sleeper.ended, 3_000)).signal, "SIGKILL");
  assert.ok(!lives(sleeper.pid));
});

test("the vault keeps and counts", async () => {
  const item = { service: "harness", username: "one" };
  await store(stage.env, item, "kept");
  await store(stage.env, { ...item, username: "two" }, "kept too");
  assert.equal(await lookup(stage.env, item), "kept");
  assert.deepEqual((await items(stage.env, { service: "harness" })).map(({ username }) => username).sort(), ["one", "two"]);
  assert.deepEqual(await items(stage.env, { service: "nobody" }), []);
});

test("a vault that broke is there again, with what it kept", async () => {
  const item = { service: "harness", username: "before" };
  await store(stage.env, item, "kept");
  await keepKeyring(stage);
  const first = await ownerOf(stage.env, "org.freedesktop.secrets");
  signal(first, "SIGKILL");
  await gone(first);
  await keepKeyring(stage);
  assert.notEqual(await ownerOf(stage.env, "org.freedesktop.secrets"), first);
  assert.equal(await lookup(stage.env, item), "kept");
});

test("the system browser opens the practice Google, and a person can untick", async () => {
  const profile = await freshProfile(stage);
  const practice = await startPractice({ env: profile.env, folder: profile.folder });
  const wanted = new URLSearchParams({
    client_id: "100000000001-practiceevergrantdesktop.apps.googleusercontent.com",
    redirect_uri: `http://127.0.0.1:47001/back`,
    response_type: "code",
    scope: "openid email https://www.googleapis.com/auth/gmail.send https://www.googleapis.com/auth/calendar",
    state: "s",
    access_type: "offline",
    prompt: "select_account consent",
    code_challenge: "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
    code_challenge_method: "S256",
  });
  const opening = run("xdg-open", [`${practice.url}/o/oauth2/v2/auth?${wanted}`], { env: profile.env, within: 30_000 });
  opening.catch(() => {});
  const page = await consentPage(profile.browser);
  await choosePerson(page, "alice");
  await agree(page, { untick: ["calendar"] });
  // Nobody listens at the redirect address; that the browser was sent there is enough.
  await until("the grant", async () => (await practice.grant("alice@example.com")).granted_scopes);
  const { granted_scopes: granted } = await practice.grant("alice@example.com");
  assert.ok(granted.some((scope) => scope.endsWith("gmail.send")) && !granted.some((scope) => scope.endsWith("calendar")));
  assert.equal(profile.browser.opened().length, 1);
  await profile.browser.close();
  await practice.stop();
});

test("the canary search finds what is planted, and nothing else", () => {
  const folder = join(stage.folder, "planted");
  mkdirSync(folder);
  const planted = {
    "access token": "ya29.planted0123456789",
    "refresh token": "1//0planted0123456789",
    "authorization code": "4/0planted0123456789",
    "identity token": "eyJhbGciOiJSUzI1NiIs.eyJpc3MiOiJodHRwczov.c2lnbmF0dXJlc2ln",
    "client secret": "PRACTICE-secret",
  };
  const secrets = { "client secret": "PRACTICE-secret" };
  writeFileSync(join(folder, "clean.log"), "GET /token 200, the token is fresh until 14:32; 4/01 of the day");
  assert.deepEqual(findBelow([folder], secrets), { found: [], files: 1 });

  for (const [name, text] of Object.entries(planted)) {
    for (const bytes of [Buffer.from(`a ${text} b`), Buffer.from(`a ${text} b`, "utf16le")]) {
      writeFileSync(join(folder, "planted.bin"), bytes);
      assert.ok(findBelow([folder], secrets).found.some((found) => found.name === name), `${name} was not found`);
    }
    const inAddress = encodeURIComponent(text);
    assert.ok(findIn(`GET /callback?x=${inAddress}`, "log", secrets).length > 0, `${name} in an address was not found`);
  }
  rmSync(folder, { recursive: true });
});

test("the search of memory finds what a process holds", async () => {
  const holder = start(process.execPath, ["-e", "const kept = ['ya29.', 'held0123456789'].join(''); setTimeout(() => kept, 60000)"], {
    env: stage.env,
    log: join(stage.logs, "holder.log"),
  });
  await until("the held text", () => findInMemory(holder.pid).found.some(({ name }) => name === "access token"), { every: 200 });
  await holder.stop();
});

test("nothing of a stage outlives it", async () => {
  const short = await startStage({ panel: false });
  const detached = start("setsid", ["--fork", "sleep", "600"], { env: short.env, log: join(short.logs, "sleep.log") });
  try {
    await until("everything to run", () => marked(short.id).length >= 5);
    await until("one to have left its group", () => !detached.running());
  } finally {
    await short.stop();
  }
  await until("their end", () => marked(short.id).length === 0, { within: 3_000 });
});
