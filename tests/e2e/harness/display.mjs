// A screen nobody looks at, and a window manager, so that windows get focus and can be closed.

import { once } from "node:events";
import { bounded, until } from "./wait.mjs";
import { run, start } from "./process.mjs";

export async function startDisplay({ env, logs, size = "1280x900" }) {
  const screen = start("Xvfb", ["-displayfd", "3", "-screen", "0", `${size}x24`, "-nolisten", "tcp"], {
    env,
    log: `${logs}/xvfb.log`,
    pipes: ["pipe"],
  });
  // Xvfb chooses a free display and writes its number once it listens.
  const number = once(screen.child.stdio[3], "data").then(([chunk]) => chunk.toString().trim());
  const display = `:${await bounded("Xvfb", Promise.race([number, screen.failed]), 10_000)}`;
  return { display, screen };
}

export async function startWindowManager({ env, logs }) {
  const manager = start("openbox", ["--sm-disable"], { env, log: `${logs}/openbox.log` });
  await until("openbox", async () => {
    const { stdout } = await run("xprop", ["-root", "_NET_SUPPORTING_WM_CHECK"], { env });
    return stdout.includes("window id");
  });
  return manager;
}

/** A picture of the whole screen, as a PNG file. */
export async function picture(env, file) {
  await run("import", ["-window", "root", file], { env, within: 15_000 });
  return file;
}
