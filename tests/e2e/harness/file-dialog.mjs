// The desktop's own dialog for choosing a file, used by keyboard.

import { setTimeout as sleep } from "node:timers/promises";
import { run } from "./process.mjs";
import { until } from "./wait.mjs";

/** Waits for the dialog with this title, types the path and confirms. */
export async function chooseFile(env, title, path) {
  const search = ["search", "--onlyvisible", "--name", title];
  const dialog = await until("the file dialog", async () => {
    const { stdout } = await run("xdotool", search, { env, allowFailure: true });
    return stdout.trim().split("\n").filter(Boolean).at(-1);
  });
  await run("xdotool", ["windowactivate", "--sync", dialog], { env });
  // A slash opens the field for a path; what is typed before it is open is lost, so it is typed over.
  await run("xdotool", ["key", "slash"], { env });
  await sleep(500);
  await run("xdotool", ["key", "--clearmodifiers", "ctrl+a"], { env });
  await run("xdotool", ["type", "--delay", "5", path], { env });
  await run("xdotool", ["key", "--clearmodifiers", "Return"], { env });
  await until("the file dialog to close", async () => {
    const { stdout } = await run("xdotool", search, { env, allowFailure: true });
    return stdout.trim() === "";
  });
}
