// A session bus of one's own, and calls on it.

import { copyFileSync, existsSync, mkdirSync, writeFileSync } from "node:fs";
import { until } from "./wait.mjs";
import { run, start } from "./process.mjs";

/** What the bus may start by itself; portals, and a second keyring, stay out. */
const STARTABLE = ["/usr/share/dbus-1/services/org.xfce.Xfconf.service"];

export async function startBus({ env, logs, runtime }) {
  const socket = `${runtime}/bus`;
  const services = `${runtime}/services`;
  mkdirSync(services);
  for (const file of STARTABLE.filter((path) => existsSync(path))) {
    copyFileSync(file, `${services}/${file.split("/").at(-1)}`);
  }
  writeFileSync(`${runtime}/bus.conf`, configuration(socket, services));
  const daemon = start("dbus-daemon", [`--config-file=${runtime}/bus.conf`, "--nofork", "--nopidfile", "--nosyslog"], {
    env,
    log: `${logs}/dbus.log`,
  });
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

const DRIVER = ["org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus"];

/** True when somebody owns the name. */
export async function owned(env, name) {
  const [answer] = await call(env, [...DRIVER, "NameHasOwner"], "s", [name]);
  return answer;
}

/** The process that owns the name. */
export async function ownerOf(env, name) {
  const [pid] = await call(env, [...DRIVER, "GetConnectionUnixProcessID"], "s", [name]);
  return pid;
}

/** Unique names of all connections, with the process behind each. */
export async function connections(env) {
  const { stdout } = await run("busctl", ["--user", "--json=short", "--unique", "list"], { env });
  return JSON.parse(stdout).map(({ name, pid }) => ({ name, pid }));
}

const configuration = (socket, services) => `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <keep_umask/>
  <listen>unix:path=${socket}</listen>
  <auth>EXTERNAL</auth>
  <servicedir>${services}</servicedir>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
`;
