// Measures the release build on a desktop of its own. Each number stands beside a floor measured in the
// same run on the same machine, so that the ratios hold where the milliseconds do not.
// Usage: run.mjs [number of runs]

import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import { join } from "node:path";
import { binary, root } from "../e2e/harness/binary.mjs";
import { close, untilWindows } from "../e2e/harness/desktop.mjs";
import { freshProfile } from "../e2e/harness/profile.mjs";
import { startStage } from "../e2e/harness/stage.mjs";
import { pause } from "../e2e/harness/wait.mjs";
import { callbackToAccount } from "./callback.mjs";
import { megabytes } from "./memory.mjs";
import { end, untilEnd, untilTray, untilWindow } from "./moments.mjs";
import { firstPaint } from "./paint.mjs";
import { line, middle } from "./report.mjs";

const RUNS = Number(process.argv[2] ?? 7);
/** How long the memory of a process is left to settle before it is read. */
const REST = 3_000;

const app = binary("evergrant-desktop", "release");
const browser = miniBrowser();
const stage = await startStage();
const { env } = await freshProfile(stage);

try {
  const [cpu] = cpus();
  console.log(`${cpus().length} × ${cpu.model.trim()}, load ${loadavg()[0].toFixed(1)}, the middle of ${RUNS} runs (lowest–highest)\n`);

  const xWindow = { name: "a bare X window", value: middle(await starts("xev")) };
  const webWindow = browser && { name: "an empty web view", value: middle(await starts(browser, ["about:blank"])) };
  const visible = await starts(app);
  console.log(line({ name: "start to window visible", values: visible, unit: "ms", target: 250, floors: [xWindow, webWindow].filter(Boolean) }));

  const paints = [];
  for (let run = 0; run < Math.min(RUNS, 3); run += 1) paints.push(await firstPaint(stage));
  console.log(line({ name: "page begun to first paint", values: paints, unit: "ms", target: 300, floors: [webWindow ?? xWindow] }));

  const speak = ["--user", "call", "org.freedesktop.DBus", "/", "org.freedesktop.DBus", "ListNames"];
  const word = { name: "one word on the bus", value: middle(await many(() => untilEnd(env, "busctl", speak))) };
  const tray = await many(async () => {
    const { took, child } = await untilTray(env, app, ["--hidden"]);
    await end(child);
    return took;
  });
  console.log(line({ name: "start to tray ready (hidden)", values: tray, unit: "ms", target: 120, floors: [word] }));

  const memory = await lifetime();
  const bare = { name: "a bare X window", value: await resting("xev") };
  const empty = browser ? { name: "an empty web view", value: await resting(browser, ["about:blank"]) } : bare;
  console.log(line({ name: "memory hidden, never opened", values: [memory.hidden], unit: "MB", target: 60, floors: [bare] }));
  console.log(line({ name: "memory with the window open", values: [memory.open], unit: "MB", floors: [empty] }));
  console.log(line({ name: "memory after closing it", values: [memory.closed], unit: "MB", floors: [bare] }));

  const vault = {
    name: "a vault write and read",
    value: middle(await many(async () => {
      const item = ["service", "bench", "username", "floor"];
      return (await untilEnd(env, "secret-tool", ["store", "--label=bench", ...item], "x")) + (await untilEnd(env, "secret-tool", ["lookup", ...item]));
    })),
  };
  const shown = [];
  for (let run = 0; run < Math.min(RUNS, 3); run += 1) shown.push(await callbackToAccount(stage));
  console.log(line({ name: "callback to account shown", values: shown, unit: "ms", floors: [vault] }));

  console.log("\nThe broker");
  measureBroker();
} finally {
  await stage.stop();
}

/** How programs are served; a program of its own, since a client in here would measure Node.js. */
function measureBroker() {
  const results = join(root, "test-results");
  mkdirSync(results, { recursive: true });
  const { status } = spawnSync(binary("evergrant-bench", "release"), ["--json", join(results, "bench-broker.json")], {
    env,
    stdio: ["ignore", "inherit", "inherit"],
  });
  if (status !== 0) throw new Error("the broker could not be measured");
}

/** Start to window visible, several times; the first run only warms the disk's cache. */
async function starts(command, args) {
  return many(async () => {
    const { took, child } = await untilWindow(env, command, args);
    await end(child);
    return took;
  });
}

async function many(measure) {
  await measure();
  const values = [];
  for (let run = 0; run < RUNS; run += 1) values.push(await measure());
  return values;
}

/** Memory along one life: hidden, open, closed again. */
async function lifetime() {
  const { child } = await untilTray(env, app, ["--hidden"]);
  await pause(REST);
  const hidden = look(child.pid);
  await untilEnd(env, app); // A second start opens the first one's window.
  const { found } = await untilWindows(env, 1);
  await pause(REST);
  const open = look(child.pid);
  await close(env, found[0]);
  await untilWindows(env, 0);
  await pause(REST);
  const closed = look(child.pid);
  await end(child);
  return { hidden, open, closed };
}

async function resting(command, args) {
  const { child } = await untilWindow(env, command, args);
  await pause(REST);
  const taken = look(child.pid);
  await end(child);
  return taken;
}

function look(pid) {
  const taken = megabytes(pid);
  if (taken === null) throw new Error("the product keeps its memory from other programs: measure as root");
  return taken;
}

/** WebKit's own little browser, which comes with the library. */
function miniBrowser() {
  const places = readdirSync("/usr/lib").map((name) => `/usr/lib/${name}/webkit2gtk-4.1/MiniBrowser`);
  return places.find((path) => existsSync(path));
}
