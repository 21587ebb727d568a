// The person's browser: a real Chromium, registered as the system browser of a profile, so that the
// product opens it the way it opens any other, and then driven from outside.

import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { chromiumOr } from "./chromium.mjs";
import { freePort } from "./port.mjs";
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

/** Registers the browser in a profile. It starts when something is opened. */
export async function installBrowser({ env, folder }) {
  mkdirSync(folder, { recursive: true });
  const port = await freePort();
  const opened = join(folder, "opened.log");
  const launcher = join(folder, "browser.sh");
  const flags = [...FLAGS, `--remote-debugging-port=${port}`, `--user-data-dir=${join(folder, "data")}`];
  writeFileSync(
    launcher,
    `#!/bin/sh\nprintf '%s\\n' "$1" >> '${opened}'\nexec '${findChromium()}' ${flags.join(" ")} "$1" >> '${folder}/chromium.log' 2>&1\n`,
  );
  chmodSync(launcher, 0o755);
  register(env, launcher);
  return new Browser(port, opened);
}

class Browser {
  #port;
  #opened;
  #held;

  constructor(port, opened) {
    this.#port = port;
    this.#opened = opened;
  }

  /** Every address the product has opened so far, oldest first. One that is still being written down is not among them. */
  opened() {
    return existsSync(this.#opened) ? readFileSync(this.#opened, "utf8").split("\n").slice(0, -1) : [];
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
      () => chromium.connectOverCDP(`http://127.0.0.1:${this.#port}`, { timeout: 5_000 }),
      { within, every: 100 },
    );
    return this.#held.contexts()[0];
  }
}

/** One without a window and without a person, to look at pages with. */
export function openHeadless() {
  return chromium.launch({ executablePath: findChromium(), args: ["--no-sandbox"] });
}

function register(env, launcher) {
  const applications = join(env.XDG_DATA_HOME, "applications");
  mkdirSync(applications, { recursive: true });
  mkdirSync(env.XDG_CONFIG_HOME, { recursive: true });
  writeFileSync(
    join(applications, "robot-browser.desktop"),
    [
      "[Desktop Entry]",
      "Type=Application",
      "Name=Robot browser",
      `Exec=${launcher} %u`,
      "MimeType=x-scheme-handler/http;x-scheme-handler/https;text/html;",
      "",
    ].join("\n"),
  );
  writeFileSync(
    join(env.XDG_CONFIG_HOME, "mimeapps.list"),
    ["[Default Applications]", ...["x-scheme-handler/http", "x-scheme-handler/https", "text/html"].map((type) => `${type}=robot-browser.desktop`), ""].join("\n"),
  );
}
