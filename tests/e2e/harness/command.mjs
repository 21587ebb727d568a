// The `evergrant` command, run as a person at a terminal runs it.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { binary } from "./binary.mjs";
import { consent } from "./consent.mjs";
import { run, start } from "./process.mjs";
import { bounded, until } from "./wait.mjs";

let runs = 0;

/** Runs it to its end, however that is: `{ code, stdout, stderr }`. */
export const evergrant = (profile, words, { env = {}, within = 20_000, input } = {}) =>
  run(binary("evergrant"), words, { env: { ...profile.env, ...env }, within, input, allowFailure: true });

/** The same, where anything but success is a failure of the test; what it printed. */
export async function evergrantDoes(profile, words, options) {
  const { code, stdout, stderr } = await evergrant(profile, words, options);
  if (code !== 0) throw new Error(`evergrant ${words.join(" ")} ended with ${code}: ${stdout}${stderr}`);
  return stdout;
}

/** Connects an account as over SSH: the link is printed, and opened in the person's browser elsewhere. */
export async function connectByLink(profile, person, { permissions = ["send-mail", "calendar"], within = 45_000 } = {}) {
  runs += 1;
  const log = join(profile.logs, `connect-${runs}.log`);
  const words = ["connect", "--no-browser", ...permissions.flatMap((name) => ["--permission", name])];
  const connecting = start(binary("evergrant"), words, { env: profile.env, log });
  const said = () => readFileSync(log, "utf8");
  const link = until("the link", () => said().match(/^https?:\/\/\S+$/m)?.[0]);
  const [address] = await Promise.race([Promise.all([link]), connecting.failed]);
  // The browser stays open: what opens it may not come back before it is closed.
  const opening = run("xdg-open", [address], { env: profile.env, within });
  opening.catch(() => {});
  await consent(profile.browser, person);
  const { code } = await bounded("the end of evergrant connect", connecting.ended, within);
  if (code !== 0) throw new Error(`evergrant connect ended with ${code}: ${said()}`);
}
