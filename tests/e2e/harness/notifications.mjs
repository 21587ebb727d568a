// A real server of notifications: what it shows, and a press on it.

import { readFileSync, writeFileSync } from "node:fs";
import { owned } from "./bus.mjs";
import { run, start } from "./process.mjs";
import { until } from "./wait.mjs";

const NAME = "org.freedesktop.Notifications";

export async function startNotifications({ env, logs, runtime }) {
  const config = `${runtime}/dunstrc`;
  const log = `${logs}/notifications.log`;
  writeFileSync(config, STAYS);
  const server = start("dunst", ["-config", config, "-print"], { env, log });
  await Promise.race([until("a server of notifications", () => owned(env, NAME)), server.failed]);
  const ask = async (...words) => (await run("dunstctl", words, { env })).stdout.trim();
  return {
    /** How many stand on the screen. */
    standing: async () => Number(await ask("count", "displayed")),
    /** All that it was ever given, as it says it. */
    told: () => readFileSync(log, "utf8"),
    /** The way a person presses the newest one. */
    press: () => ask("action", "0"),
  };
}

/** Until it is pressed or taken back, so that a slow computer sees it too. */
const STAYS = `[global]
    font = DejaVu Sans 11
    width = 420
    origin = top-right
[urgency_low]
    timeout = 0
[urgency_normal]
    timeout = 0
[urgency_critical]
    timeout = 0
`;
