// Evergrant without a window: started as a service starts it, ended as a service is ended.

import { connect } from "node:net";
import { join } from "node:path";
import { binary } from "./binary.mjs";
import { start } from "./process.mjs";
import { bounded, until } from "./wait.mjs";

let starts = 0;

/** Where programs ask, on this person's stage. */
export const socketOf = (profile) => join(profile.env.XDG_RUNTIME_DIR, "evergrant", "broker.sock");

/** Starts it; it answers on its socket when this returns. */
export async function startAgent(profile, { args = ["--practice"], env = {}, build } = {}) {
  starts += 1;
  const process = start(binary("evergrant-agent", build), args, {
    env: { ...profile.env, EVERGRANT_LOG: "trace", ...env },
    log: join(profile.logs, `agent-${starts}.log`),
  });
  const socket = socketOf(profile);
  const ended = process.ended.then(({ code, signal }) => {
    throw new Error(`evergrant-agent ended at once: ${code ?? signal}, see ${process.log}`);
  });
  ended.catch(() => {});
  await Promise.race([until("the socket", () => answers(socket)), process.failed, ended]);
  return {
    pid: process.pid,
    log: process.log,
    socket,
    running: process.running,
    /** Tells it to end, and waits; the exit code. */
    async stop({ within = 10_000 } = {}) {
      if (process.running()) process.child.kill("SIGTERM");
      return (await bounded("the end of evergrant-agent", process.ended, within)).code;
    },
    /** The way a power cut ends it. */
    end: () => process.stop({ signal: "SIGKILL" }),
  };
}

function answers(socket) {
  return new Promise((resolve) => {
    const line = connect(socket);
    line.once("connect", () => {
      line.destroy();
      resolve(true);
    });
    line.once("error", () => resolve(false));
  });
}
