// A screen nobody looks at, and a window manager, so that windows get focus and can be closed.

import { bounded, until } from "./wait.mjs";
import { run, start } from "./process.mjs";

export async function startDisplay({ env, logs, size = "1280x900" }) {
  // Without -noreset it turns away whoever comes while it starts over after its first guest has left.
  const screen = start("Xvfb", ["-displayfd", "3", "-screen", "0", `${size}x24`, "-noreset", "-nolisten", "tcp"], {
    env,
    log: `${logs}/xvfb.log`,
    pipes: ["pipe"],
  });
  // Xvfb chooses a free display and writes its number, then a line's end, once it listens.
  const display = `:${await bounded("Xvfb", Promise.race([line(screen.child.stdio[3]), screen.failed]), 10_000)}`;
  screen.child.stdio[3].unref();
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

async function line(stream) {
  let text = "";
  for await (const chunk of stream.iterator({ destroyOnReturn: false })) {
    text += chunk;
    if (text.includes("\n")) break;
  }
  return text.trim();
}
