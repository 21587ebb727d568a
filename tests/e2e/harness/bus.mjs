// A session bus of one's own, and calls on it.

import { existsSync } from "node:fs";
import { until } from "./wait.mjs";
import { run, start } from "./process.mjs";

export async function startBus({ env, logs, runtime }) {
  const socket = `${runtime}/bus`;
  const daemon = start(
    "dbus-daemon",
    ["--session", "--nofork", "--nopidfile", "--nosyslog", `--address=unix:path=${socket}`],
    { env, log: `${logs}/dbus.log` },
  );
  await Promise.race([until("the session bus", () => existsSync(socket)), daemon.failed]);
  return { address: `unix:path=${socket}`, daemon };
}

/** Calls a method and returns its results. */
export async function call(env, [service, path, face, method], signature = "", args = [], { within = 5_000 } = {}) {
  const words = ["--user", "--json=short", "call", "--", service, path, face, method];
  if (signature) words.push(signature, ...args.map(String));
  const { stdout } = await run("busctl", words, { env, within });
  return stdout.trim() ? JSON.parse(stdout).data : [];
}

export async function property(env, [service, path, face, name]) {
  const { stdout } = await run("busctl", ["--user", "--json=short", "get-property", service, path, face, name], { env });
  return JSON.parse(stdout).data;
}

/** True when somebody owns the name. */
export async function owned(env, name) {
  const driver = ["org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus"];
  const [answer] = await call(env, [...driver, "NameHasOwner"], "s", [name]);
  return answer;
}

/** Unique names of all connections, with the process behind each. */
export async function connections(env) {
  const { stdout } = await run("busctl", ["--user", "--json=short", "--unique", "list"], { env });
  return JSON.parse(stdout).map(({ name, pid }) => ({ name, pid }));
}
