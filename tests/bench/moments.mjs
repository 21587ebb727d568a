// The moments a start is measured by.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { bounded, pause } from "../e2e/harness/wait.mjs";
import { watchWindows } from "./x11.mjs";

const PATIENCE = 20_000;

/** From starting a program to its first window on the screen. */
export async function untilWindow(env, command, args = []) {
  const windows = await watchWindows(env.DISPLAY);
  const shown = windows.next();
  const began = performance.now();
  const child = quiet(env, command, args);
  try {
    return { took: (await bounded(`a window of ${command}`, shown, PATIENCE)) - began, child };
  } finally {
    windows.end();
  }
}

/** From starting a program to its icon's registration with the notification area. */
export async function untilTray(env, command, args = []) {
  const monitor = spawn("dbus-monitor", ["--session", "type='method_call',member='RegisterStatusNotifierItem'"], {
    env,
    stdio: ["ignore", "pipe", "ignore"],
  });
  monitor.unref();
  try {
    await bounded("dbus-monitor", once(monitor.stdout, "data"), PATIENCE);
    await pause(100);
    let registered;
    const said = new Promise((resolve) => {
      monitor.stdout.on("data", (chunk) => {
        if (registered === undefined && chunk.includes("RegisterStatusNotifierItem")) resolve((registered = performance.now()));
      });
    });
    const began = performance.now();
    const child = quiet(env, command, args);
    return { took: (await bounded("the tray icon", said, PATIENCE)) - began, child };
  } finally {
    monitor.kill("SIGKILL");
  }
}

/** From starting a program to its end. */
export async function untilEnd(env, command, args = [], input) {
  const began = performance.now();
  const child = spawn(command, args, { env, stdio: [input === undefined ? "ignore" : "pipe", "ignore", "ignore"] });
  if (input !== undefined) child.stdin.end(input);
  await bounded(command, once(child, "exit"), PATIENCE);
  return performance.now() - began;
}

export async function end(child) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, "exit");
  child.kill("SIGKILL");
  await bounded("the end", ended, PATIENCE);
  await pause(150); // The processes of its page follow, and the desktop comes to rest.
}

function quiet(env, command, args) {
  const child = spawn(command, args, { env, stdio: "ignore" });
  child.on("error", () => {});
  return child;
}
