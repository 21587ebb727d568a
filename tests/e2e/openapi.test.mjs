// The description of the broker, tried on the real agent: what is described is so, what is not described is refused.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { request } from "node:http";
import { join } from "node:path";
import { startAgent } from "./harness/agent.mjs";
import { root } from "./harness/binary.mjs";
import { connectByLink, evergrantDoes } from "./harness/command.mjs";
import { run, start } from "./harness/process.mjs";
import { onStage } from "./harness/scene.mjs";
import { until } from "./harness/wait.mjs";
import { EMAIL } from "./steps.mjs";

const FILE = join(root, "docs/openapi.json");
const FORWARDER = join(root, "tests/e2e/harness/forwarder.mjs");
const HOOKS = join(root, "tests/e2e/harness/whole_numbers.py");
const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"];
/** Setting up Schemathesis takes the longest, the first time. */
const FIRST_TIME = 240_000;

const test = onStage({ panel: false });

test("each described method is known, and no other", async (scene, t) => {
  const agent = await startAgent(scene.profile, { env: scene.practice.env });
  t.after(() => agent.end());
  const { paths } = JSON.parse(readFileSync(FILE, "utf8"));
  for (const [path, operations] of Object.entries(paths)) {
    for (const method of METHODS) {
      // No request can be made of this, so nothing is set going.
      const { status, body } = await ask(agent.socket, method, path.replace("{id}", "0123456789abcdef"), "{");
      const said = `${method} ${path}: ${status} ${JSON.stringify(body)}`;
      if (path.startsWith("/v1/command/")) assert.equal(body.code, "command_only", said);
      else if (!(method.toLowerCase() in operations)) assert.equal(status, 405, said);
      else assert.ok(status !== 405 && (status !== 404 || path.includes("{id}")), said);
    }
  }
});

test(
  "Schemathesis finds nothing that is not as described",
  async (scene, t) => {
    const setUp = await run(join(root, "scripts/schemathesis.sh"), [], { env: process.env, within: FIRST_TIME });
    const schemathesis = setUp.stdout.trim().split("\n").at(-1);
    const agent = await startAgent(scene.profile, { env: scene.practice.env });
    t.after(() => agent.end());
    await connectByLink(scene.profile, "alice");
    await evergrantDoes(scene.profile, ["apps", "allow", FORWARDER, "--account", EMAIL.alice]);
    const url = await forward(scene, agent.socket, t);

    // First all that can be asked with a permission, then also what gives it back.
    const tries = [
      ["--exclude-method", "DELETE"],
      [],
    ];
    for (const words of tries) {
      const { code, stdout } = await run(
        schemathesis,
        ["--config-file", join(root, "tests/e2e/schemathesis.toml"), "run", FILE, "--url", url, "--no-color", ...words],
        { env: { ...scene.profile.env, SCHEMATHESIS_HOOKS: HOOKS, PYTHONDONTWRITEBYTECODE: "1" }, cwd: scene.profile.folder, within: 90_000, allowFailure: true },
      );
      assert.equal(code, 0, stdout);
    }

    const { entries } = JSON.parse(await evergrantDoes(scene.profile, ["log", "--json", "--limit", "100000"]));
    const outcomes = new Set(entries.map(({ outcome, code }) => code ?? outcome));
    for (const outcome of ["given", "ended", "account_unknown", "nobody_to_ask"]) {
      assert.ok(outcomes.has(outcome), `${outcome} was never met: ${[...outcomes]}`);
    }
    assert.equal(await agent.stop(), 0, "the agent ends well");
  },
  { timeout: FIRST_TIME + 180_000 },
);

/** A port that leads to the socket. */
async function forward(scene, socket, t) {
  const log = join(scene.profile.logs, "forwarder.log");
  const forwarder = start(FORWARDER, [socket], { env: scene.profile.env, log });
  t.after(() => forwarder.stop());
  const port = await Promise.race([until("the port", () => Number(readFileSync(log, "utf8"))), forwarder.failed]);
  return `http://127.0.0.1:${port}`;
}

function ask(socketPath, method, path, body) {
  return new Promise((resolve, reject) => {
    // Said by hand: with GET and DELETE, Node would send a body that nobody expects.
    const headers = { "content-length": Buffer.byteLength(body) };
    const asking = request({ socketPath, method, path, headers, timeout: 10_000 }, async (answer) => {
      const text = Buffer.concat(await answer.toArray()).toString();
      resolve({ status: answer.statusCode, body: JSON.parse(text) });
    });
    asking.on("timeout", () => asking.destroy(new Error(`${method} ${path} took too long`)));
    asking.on("error", reject);
    asking.end(body);
  });
}
