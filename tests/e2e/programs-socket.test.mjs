// The socket of the desktop program: the only way in, and one program behind it.

import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { socketOf } from "./harness/agent.mjs";
import { asker } from "./harness/asker.mjs";
import { startBus } from "./harness/bus.mjs";
import { connectByLink } from "./harness/command.mjs";
import { run } from "./harness/process.mjs";
import { onStage } from "./harness/scene.mjs";
import { until } from "./harness/wait.mjs";

const test = onStage();

const HIDDEN = ["--practice", "--hidden"];

test("no port leads to it; after a power cut the next one takes over; two never serve at once", async (scene) => {
  const { profile } = scene;
  const socket = socketOf(profile);
  const app = await scene.launch({ args: HIDDEN });
  const program = asker(profile, "who-serves");
  const servedBy = async () => (await program.ask("GET", "/v1/status")).servedBy;
  await until("it to serve", async () => (await servedBy()) === app.pid);
  const curl = async () => {
    const words = ["--silent", "--max-time", "10", "--unix-socket", socket, "http://localhost/v1/status"];
    return JSON.parse((await run("curl", words, { env: profile.env })).stdout);
  };
  assert.equal((await curl()).you.name, "curl");

  // Only while a consent is under way is there a port, for the browser's way back.
  assert.deepEqual(await ports(app.pid), []);
  const connecting = connectByLink(profile, "alice");
  await until("the port of a consent", async () => (await ports(app.pid)).length > 0);
  await connecting;
  await until("no port", async () => (await ports(app.pid)).length === 0);

  // On a bus of its own it cannot know of the first one: only what it finds at the socket keeps it from serving.
  const second = await scene.launch({ args: HIDDEN, env: await otherBus(profile) });
  const gaveWay = () => readFileSync(second.log, "utf8").includes("another Evergrant holds the door");
  await until("the second to give way", gaveWay, { within: 20_000 });
  assert.equal(await servedBy(), app.pid);
  await app.end();
  assert.ok(existsSync(socket), "what is left of the socket lies in the way");
  await second.end();

  const next = await scene.launch({ args: HIDDEN });
  await until("the next to serve", async () => (await servedBy()) === next.pid);
  assert.equal((await curl()).version.length > 0, true);
  await next.quit();
  assert.equal(existsSync(socket), false, "ended in order, it takes the socket away");
});

/** A session bus of its own, without a keyring. */
async function otherBus(profile) {
  const runtime = join(profile.folder, "other-bus");
  mkdirSync(runtime, { mode: 0o700 });
  const { address } = await startBus({ env: profile.env, logs: profile.logs, runtime });
  return { DBUS_SESSION_BUS_ADDRESS: address };
}

/** The addresses at which a process listens on the network. */
async function ports(pid) {
  const { stdout } = await run("ss", ["--no-header", "--listening", "--tcp", "--udp", "--numeric", "--processes"]);
  return stdout.split("\n").filter((line) => line.includes(`pid=${pid},`));
}
