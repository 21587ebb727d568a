// The product itself: started as a person starts it, ended as a person ends it.

import { chmodSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { binary } from "./binary.mjs";
import { languages, sentences } from "./messages.mjs";
import { gone, start } from "./process.mjs";
import { record } from "./payloads.mjs";
import { signal } from "./signal.mjs";
import { Tray } from "./tray.mjs";
import { bounded, until } from "./wait.mjs";
import { openSession } from "./webdriver.mjs";
import { Window } from "./window.mjs";

/** The last line of the tray's menu, in whatever language it is. */
const QUIT = new RegExp(`^(?:${languages().map((language) => sentences(language)["tray.quit"]).join("|")})$`);

let starts = 0;

/** Starts it with its window held by the driver. The window is ready to be used when this returns. */
export async function startApp(profile, { args = ["--practice"], env = {}, build, byScript } = {}) {
  const launch = prepare(profile, { args, env, build });
  const session = await openSession({
    env: launch.env,
    log: join(profile.logs, `driver-${launch.number}.log`),
    binary: launch.script,
  });
  const window = new Window(session, { byScript });
  await record(window);
  const app = await running(profile, launch);
  return {
    ...app,
    window,
    session,
    async quit() {
      await app.quit();
      await session.close();
    },
    async end() {
      await app.end();
      await session.close();
    },
  };
}

/** Starts it without a driver: hidden, or a second time. */
export async function launchApp(profile, { args = ["--practice"], env = {}, build } = {}) {
  const launch = prepare(profile, { args, env, build });
  const process = start(launch.script, [], { env: launch.env, log: launch.log });
  return {
    ...(await running(profile, launch)),
    /** Waits for its end by itself; the exit code. */
    ended: async ({ within = 10_000 } = {}) => (await bounded("the end of the start", process.ended, within)).code,
  };
}

async function running(profile, launch) {
  const pid = Number(await until("the start", () => wholeLine(launch.pidFile)));
  const tray = new Tray(profile.env, pid);
  return {
    pid,
    tray,
    log: launch.log,
    /** The way a person ends it. */
    async quit() {
      await tray.press(QUIT);
      await gone(pid);
    },
    /** The way a power cut ends it. */
    async end() {
      signal(pid, "SIGKILL");
      await gone(pid);
    },
  };
}

/** A file is there before its text is: what does not end its line yet is not read. */
const wholeLine = (file) => /^(.+)\n$/.exec(readFileSync(file, "utf8"))?.[1];

/** A script that says its process id, sends all output to a log, and becomes the product. */
function prepare(profile, { args, env, build }) {
  starts += 1;
  const number = starts;
  const script = join(profile.folder, `start-${number}.sh`);
  const log = join(profile.logs, `app-${number}.log`);
  const pidFile = join(profile.folder, `start-${number}.pid`);
  const words = args.map((word) => `'${word}'`).join(" ");
  writeFileSync(script, `#!/bin/sh\necho $$ > '${pidFile}'\nexec '${binary("evergrant-desktop", build)}' ${words} >> '${log}' 2>&1\n`);
  chmodSync(script, 0o755);
  return { number, script, log, pidFile, env: { ...profile.env, EVERGRANT_LOG: "trace", ...env } };
}
