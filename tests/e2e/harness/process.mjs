// Processes with an end: each has a log, its own process group, and is gone when it is told to stop.

import { spawn } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { once } from "node:events";
import { lives, signalGroup } from "./signal.mjs";
import { bounded, pause } from "./wait.mjs";

/** Starts a process whose output goes to the file `log`. `input` is written to it and closed. */
export function start(command, args, { env, log, cwd, input, pipes = [] } = {}) {
  const file = openSync(log, "a");
  const child = spawn(command, args, {
    env,
    cwd,
    detached: true,
    stdio: [input === undefined ? "ignore" : "pipe", file, file, ...pipes],
  });
  closeSync(file);
  child.unref(); // A test that fails must not wait for what it left running.
  const failed = new Promise((_, reject) => child.once("error", reject));
  failed.catch(() => {});
  const ended = once(child, "exit").then(([code, signal]) => ({ code, signal }));
  ended.catch(() => {});
  if (input !== undefined) child.stdin.end(input);
  return {
    command,
    child,
    log,
    pid: child.pid,
    ended,
    /** Rejects when the process could not be started at all. */
    failed,
    running: () => child.pid !== undefined && child.exitCode === null && child.signalCode === null,
    /** Asks it to end, then makes it. */
    async stop({ within = 3_000, signal = "SIGTERM" } = {}) {
      if (child.pid === undefined) return;
      signalGroup(child.pid, signal);
      try {
        await bounded(`the end of ${command}`, ended, within);
      } catch {
        // It did not listen; the whole group goes below.
      }
      signalGroup(child.pid, "SIGKILL");
    },
  };
}

/** Runs a command to its end and returns what it printed; its failure throws with its words. */
export async function run(command, args, { env, input, within = 10_000, cwd, allowFailure = false } = {}) {
  const child = spawn(command, args, { env, cwd, stdio: [input === undefined ? "ignore" : "pipe", "pipe", "pipe"] });
  const out = [];
  const err = [];
  child.stdout.on("data", (chunk) => out.push(chunk));
  child.stderr.on("data", (chunk) => err.push(chunk));
  if (input !== undefined) child.stdin.end(input);
  let code;
  try {
    [code] = await bounded(`${command} ${args.join(" ")}`, once(child, "close"), within);
  } finally {
    child.kill("SIGKILL");
  }
  const stdout = Buffer.concat(out).toString();
  const stderr = Buffer.concat(err).toString();
  if (code !== 0 && !allowFailure) throw new Error(`${command} ${args.join(" ")} ended with ${code}: ${stderr || stdout}`);
  return { code, stdout, stderr };
}

/** Waits until the process `pid` is no more. */
export async function gone(pid, { within = 10_000 } = {}) {
  const end = performance.now() + within;
  while (performance.now() < end) {
    if (!lives(pid)) return;
    await pause(20);
  }
  throw new Error(`process ${pid} did not end within ${within} ms`);
}
