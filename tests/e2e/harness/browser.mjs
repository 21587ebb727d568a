// The person's browser: a real Chromium, registered as the system browser of a profile, so that the
// product opens it the way it opens any other, and then driven from outside.

import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { chromium } from "playwright-core";
import { chromiumOr } from "./chromium.mjs";
import { until } from "./wait.mjs";

const FLAGS = [
  "--no-sandbox", // Root and containers have no user namespaces; only loopback pages are opened.
  "--test-type", // No bar that complains of the line above.
  "--no-first-run",
  "--no-default-browser-check",
  "--disable-gpu",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--disable-dev-shm-usage",
  "--password-store=basic", // Its own key must not turn up in the keyring under test.
  "--lang=en",
];

/** Chromium or Chrome as the system has it, or the one playwright fetched. */
export const findChromium = () => chromiumOr(chromium.executablePath());

const ROBOT = "Robot browser";

/** Registers the browser in a profile. It starts when something is opened. */
export function installBrowser({ env, folder }) {
  mkdirSync(folder, { recursive: true });
  const opened = join(folder, "opened.log");
  const data = join(folder, "data");
  const flags = [...FLAGS, "--remote-debugging-port=0", `--user-data-dir=${data}`];
  const command = `exec '${findChromium()}' ${flags.join(" ")} "$1" >> '${folder}/chromium.log' 2>&1`;
  register(env, ROBOT, launcher(folder, opened, command));
  chooseForAll(env);
  return new Browser(join(data, "DevToolsActivePort"), opened);
}

/** Registers a second one, which only notes what it is to open; returns a way to read that, oldest first. */
export function installOther({ env, folder }, name) {
  const opened = join(folder, "opened-elsewhere.log");
  register(env, name, launcher(folder, opened, "exit 0"));
  return () => lines(opened);
}

class Browser {
  /** Where Chromium writes which port it took: one chosen for it could be another's by the time it starts. */
  #portFile;
  #opened;
  #held;

  constructor(portFile, opened) {
    this.#portFile = portFile;
    this.#opened = opened;
  }

  /** Every address the product has opened so far, oldest first. */
  opened() {
    return lines(this.#opened);
  }

  /** The next page whose address matches, newest first. */
  async page(matching, { within = 30_000 } = {}) {
    const context = await this.#context(within);
    return until(
      `a page at ${matching}`,
      () => context.pages().reverse().find((page) => matching.test(page.url())),
      { within },
    );
  }

  /** Closes every page but leaves the browser open, as a person does who has changed their mind. */
  async closePages() {
    const context = await this.#context();
    for (const page of context.pages()) await page.close();
  }

  async close() {
    if (!this.#held) return;
    const held = this.#held;
    this.#held = undefined;
    const session = await held.newBrowserCDPSession();
    await session.send("Browser.close").catch(() => {});
    await held.close().catch(() => {});
  }

  async #context(within = 30_000) {
    this.#held ??= await until(
      "the browser",
      () => chromium.connectOverCDP(`http://127.0.0.1:${lines(this.#portFile)[0]}`, { timeout: 5_000 }),
      { within, every: 100 },
    );
    return this.#held.contexts()[0];
  }
}

/** One without a window and without a person, to look at pages with. */
export function openHeadless() {
  return chromium.launch({ executablePath: findChromium(), args: ["--no-sandbox"] });
}

/** A script that notes the address, and then does as the command says. */
function launcher(folder, opened, command) {
  const script = join(folder, `${basename(opened, ".log")}.sh`);
  writeFileSync(script, `#!/bin/sh\nprintf '%s\\n' "$1" >> '${opened}'\n${command}\n`);
  chmodSync(script, 0o755);
  return script;
}

/** One that is still being written is not among them. */
const lines = (file) => (existsSync(file) ? readFileSync(file, "utf8").split("\n").slice(0, -1) : []);

const TYPES = ["x-scheme-handler/http", "x-scheme-handler/https", "text/html"];
const idOf = (name) => `${name.toLowerCase().replaceAll(" ", "-")}.desktop`;

function register(env, name, script) {
  const applications = join(env.XDG_DATA_HOME, "applications");
  mkdirSync(applications, { recursive: true });
  const entry = ["[Desktop Entry]", "Type=Application", `Name=${name}`, `Exec=${script} %u`, `MimeType=${TYPES.join(";")};`, ""];
  writeFileSync(join(applications, idOf(name)), entry.join("\n"));
}

function chooseForAll(env) {
  mkdirSync(env.XDG_CONFIG_HOME, { recursive: true });
  const defaults = TYPES.map((type) => `${type}=${idOf(ROBOT)}`);
  writeFileSync(join(env.XDG_CONFIG_HOME, "mimeapps.list"), ["[Default Applications]", ...defaults, ""].join("\n"));
}
