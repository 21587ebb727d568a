// An isolated desktop: screen, session bus, window manager, keyring, and a panel where one is wanted.
// Everything it starts carries a mark and is ended with it, also when a test fails or is interrupted.

import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startBus } from "./bus.mjs";
import { picture, startDisplay, startWindowManager } from "./display.mjs";
import { startKeyring } from "./keyring.mjs";
import { endDescendants, endMarked, mark } from "./marked.mjs";
import { startNotifications } from "./notifications.mjs";
import { startPanel } from "./panel.mjs";

/** Starts a desktop. `panel: false` leaves out the tray's place, `keyring: false` the vault; `notifications` are extra. */
export async function startStage({ panel = true, keyring = true, notifications = false, size } = {}) {
  const folder = mkdtempSync(join(tmpdir(), "evergrant-stage-"));
  const id = folder.split("-").at(-1);
  const logs = join(folder, "logs");
  const runtime = join(folder, "run");
  const env = { ...inherited(), ...QUIET, ...homes(join(folder, "home")), ...mark(id), XDG_RUNTIME_DIR: runtime };
  for (const path of [logs, ...Object.values(homes(join(folder, "home")))]) mkdirSync(path, { recursive: true });
  mkdirSync(runtime, { mode: 0o700 });

  const end = () => {
    endMarked(id);
    remove(folder);
  };
  // A test that ends badly may have left more: the product hides its environment from everybody but root.
  const abandon = () => {
    endDescendants();
    end();
  };
  const interrupted = () => {
    abandon();
    process.exit(130);
  };
  process.on("exit", abandon);
  process.once("SIGINT", interrupted);
  process.once("SIGTERM", interrupted);

  const stage = {
    id,
    folder,
    logs,
    env,
    keyring,
    picture: (file) => picture(env, file),
    async stop() {
      end();
      process.off("exit", abandon);
      process.off("SIGINT", interrupted);
      process.off("SIGTERM", interrupted);
    },
  };
  try {
    // One after the other: what the bus starts by itself must find the screen.
    env.DISPLAY = (await startDisplay({ env, logs, size })).display;
    env.DBUS_SESSION_BUS_ADDRESS = (await startBus({ env, logs, runtime })).address;
    [stage.notifications] = await Promise.all([
      notifications && startNotifications({ env, logs, runtime }),
      startWindowManager({ env, logs }),
      keyring && startKeyring({ env, logs }),
      panel && startPanel({ env, logs }),
    ]);
  } catch (error) {
    await stage.stop();
    throw error;
  }
  return stage;
}

/** A person's folders below `home`. */
export function homes(home) {
  return {
    HOME: home,
    XDG_CONFIG_HOME: join(home, ".config"),
    XDG_DATA_HOME: join(home, ".local/share"),
    XDG_STATE_HOME: join(home, ".local/state"),
    XDG_CACHE_HOME: join(home, ".cache"),
    TMPDIR: join(home, "tmp"),
  };
}

/** What was just ended may still be writing its last file. */
function remove(folder, tries = 20) {
  try {
    rmSync(folder, { recursive: true, force: true });
  } catch (error) {
    if (tries === 0) throw error;
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100);
    remove(folder, tries - 1);
  }
}

/** Of the caller's environment only what finds programs: the rest would make runs differ. */
function inherited() {
  return { PATH: process.env.PATH, LANG: "C.UTF-8", USER: process.env.USER ?? "person" };
}

/** No graphics card and no accessibility bus: a plain X11 desktop that starts fast. */
const QUIET = {
  LIBGL_ALWAYS_SOFTWARE: "1",
  GDK_BACKEND: "x11",
  NO_AT_BRIDGE: "1",
  GTK_A11Y: "none",
};
