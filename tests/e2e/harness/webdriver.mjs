// The few words of the WebDriver protocol the tests need, spoken to WebKitWebDriver.

import { freePort } from "./port.mjs";
import { start } from "./process.mjs";
import { until } from "./wait.mjs";

const ELEMENT = "element-6066-11e4-a52e-4f735466cecf";

/** Starts the driver, which starts `binary` with `args` and takes hold of its first web view. */
export async function openSession({ env, log, binary, args = [] }) {
  const port = await freePort();
  const driver = start("WebKitWebDriver", [`--port=${port}`, "--host=127.0.0.1"], {
    env: { ...env, TAURI_WEBVIEW_AUTOMATION: "true" },
    log,
  });
  const base = `http://127.0.0.1:${port}`;
  await Promise.race([until("WebKitWebDriver", () => ask(base, "GET", "/status")), driver.failed]);

  const capabilities = { alwaysMatch: { "webkitgtk:browserOptions": { binary, args } } };
  let session;
  try {
    ({ sessionId: session } = await ask(base, "POST", "/session", { capabilities }, { within: 30_000 }));
  } catch (error) {
    await driver.stop();
    throw error;
  }
  const at = (path) => `/session/${session}${path}`;
  const tell = (method, path, body) => ask(base, method, at(path), body);

  // The driver speaks to one window at a time: whoever means another one turns it there first.
  const first = await tell("GET", "/window");
  let turnedTo = first;
  let last = Promise.resolve();
  const inTurn = (window, method, path, body) => {
    const said = last.then(async () => {
      if (turnedTo !== window) await tell("POST", "/window", { handle: window });
      turnedTo = window;
      return tell(method, path, body);
    });
    last = said.catch(() => {});
    return said;
  };

  return {
    driver,
    ...words((...said) => inTurn(first, ...said)),
    /** Names of all windows that are there. */
    handles: () => tell("GET", "/window/handles"),
    /** The same words, spoken to another of them. */
    window: (handle) => words((...said) => inTurn(handle, ...said)),
    /** Lets go; the driver ends what it started. */
    async close() {
      await ask(base, "DELETE", at(""), undefined, { within: 5_000 }).catch(() => {});
      await driver.stop();
    },
  };
}

/** What can be said to a window. */
function words(tell) {
  const send = (path, body = {}) => tell("POST", path, body);
  const get = (path) => tell("GET", path);
  return {
    /** Runs a function body in the page; `args` are its `arguments`. */
    execute: (script, ...args) => send("/execute/sync", { script, args }),
    async find(css) {
      return (await send("/elements", { using: "css selector", value: css })).map((found) => found[ELEMENT]);
    },
    click: (element) => send(`/element/${element}/click`),
    type: (element, text) => send(`/element/${element}/value`, { text }),
    text: (element) => get(`/element/${element}/text`),
    attribute: (element, name) => get(`/element/${element}/attribute/${name}`),
    displayed: (element) => get(`/element/${element}/displayed`),
    navigate: (url) => send("/url", { url }),
    resize: (width, height) => send("/window/rect", { width, height }),
    title: () => get("/title"),
  };
}

async function ask(base, method, path, body, { within = 15_000 } = {}) {
  const answer = await fetch(base + path, {
    method,
    body: body && JSON.stringify(body),
    headers: body && { "content-type": "application/json" },
    signal: AbortSignal.timeout(within),
  });
  const { value } = await answer.json();
  if (!answer.ok) {
    const error = new Error(`${method} ${path}: ${value?.error}: ${value?.message}`);
    error.code = value?.error;
    throw error;
  }
  return value;
}
