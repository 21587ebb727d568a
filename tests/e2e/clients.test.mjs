// The page for those who write clients: each of its samples is run as it stands there, against the real agent.

import assert from "node:assert/strict";
import { realpathSync } from "node:fs";
import { join } from "node:path";
import { startAgent } from "./harness/agent.mjs";
import { binary } from "./harness/binary.mjs";
import { connectByLink, evergrantDoes } from "./harness/command.mjs";
import { run } from "./harness/process.mjs";
import { writeSamples } from "./harness/samples.mjs";
import { onStage } from "./harness/scene.mjs";
import { EMAIL } from "./steps.mjs";

const test = onStage({ panel: false });

test(
  "each sample is refused before a person allowed it, and then gets a token that works",
  async (scene, t) => {
    const agent = await startAgent(scene.profile, { env: scene.practice.env });
    t.after(() => agent.end());
    await connectByLink(scene.profile, "alice");

    const samples = writeSamples("docs/clients.md", join(scene.profile.folder, "samples"));
    assert.deepEqual(samples.map(({ language }) => language).sort(), ["js", "python", "sh"]);
    samples.push({ language: "rust", path: binary("examples/token") });

    for (const { language, path } of samples) {
      const before = await ask(scene, path);
      assert.match(before, /\bnobody_to_ask\b/, `${language} before it was allowed: ${before}`);

      // Of a shell script, the program that asks is the one that it runs.
      const asker = language === "sh" ? realpathSync("/usr/bin/curl") : path;
      await evergrantDoes(scene.profile, ["apps", "allow", asker, "--account", EMAIL.alice]);

      const given = await ask(scene, path);
      const token = given.startsWith("{") ? JSON.parse(given).access_token : given;
      assert.equal((await userinfo(scene, token)).email, EMAIL.alice, `${language}: ${given}`);
    }
    assert.equal(await agent.stop(), 0, "the agent ends well");
  },
  { timeout: 120_000 },
);

test("a token for one scope carries no other", async (scene, t) => {
  const agent = await startAgent(scene.profile, { env: scene.practice.env });
  t.after(() => agent.end());
  await connectByLink(scene.profile, "alice");
  const curl = realpathSync("/usr/bin/curl");
  const send = "https://www.googleapis.com/auth/gmail.send";
  await evergrantDoes(scene.profile, ["apps", "allow", curl, "--account", EMAIL.alice, "--scope", send]);

  const asked = async (scopes) => {
    const body = JSON.stringify({ account: EMAIL.alice, scopes });
    const words = ["--silent", "--unix-socket", agent.socket, "--json", body, "http://localhost/v1/token"];
    return JSON.parse((await run(curl, words, { env: scene.profile.env })).stdout);
  };
  assert.deepEqual((await asked([send])).scopes, [send]);
  assert.equal((await asked(["https://www.googleapis.com/auth/calendar"])).code, "nobody_to_ask");
  assert.equal((await asked(["https://www.googleapis.com/auth/drive"])).code, "scope_not_granted");
});

/** What a sample says, whether it was given a token or not. */
async function ask(scene, path) {
  const { stdout, stderr } = await run(path, [], { env: scene.profile.env, within: 20_000, allowFailure: true });
  return `${stdout}${stderr}`.trim();
}

async function userinfo(scene, token) {
  const answer = await fetch(`${scene.practice.url}/v1/userinfo`, {
    headers: { authorization: `Bearer ${token}` },
    signal: AbortSignal.timeout(5_000),
  });
  return answer.json();
}
