// What a person does in the window, in the words of the tests.

import { consent } from "./harness/consent.mjs";
import { until } from "./harness/wait.mjs";

export const EMAIL = {
  alice: "alice@example.com",
  bob: "bob@example.com",
  chioma: "chioma@school.example",
  dora: "dora@example.com",
};

export const ALL = ["sendMail", "readMail", "calendar", "contacts", "driveFiles"];

/** Chooses what may be done and presses Continue; the browser opens. */
export async function ask(window, permissions = ALL) {
  const begin = ["continue", "connect-another", "welcome-connect"];
  const shown = await until("a way to begin", async () => {
    for (const id of begin) if (await window.glance(id)) return id;
    return false;
  });
  if (shown !== "continue") await window.click(shown);
  await window.see("continue");
  for (const permission of ALL) {
    const ticked = await window.execute(TICKED, `permission-${permission}`);
    if (ticked !== permissions.includes(permission)) await window.click(`permission-${permission}`);
  }
  await window.click("continue");
}

/** The whole way: asks, agrees in the browser, and waits for the account. Returns what the browser said. */
export async function connect(scene, app, { person = "alice", permissions = ALL, untick } = {}) {
  await ask(app.window, permissions);
  const said = await consent(scene.browser, person, { untick });
  await connected(app.window, person);
  return said;
}

export const connected = (window, person) =>
  window.see("account", { email: EMAIL[person], state: "connected" }, { within: 15_000 });

/** Whose token it is, as the provider says: it works there. */
export async function ownerOf(scene, token) {
  const answer = await fetch(`${scene.practice.url}/v1/userinfo`, {
    headers: { authorization: `Bearer ${token}` },
    signal: AbortSignal.timeout(5_000),
  });
  return (await answer.json()).email;
}

/** What the account card says was granted, or is missing, as ends of scopes. */
export const scopes = async (window, list) =>
  (await window.all(list)).map(({ scope }) => scope.split("/").filter(Boolean).at(-1)).sort();

const TICKED = "return document.querySelector(`[data-testid='${arguments[0]}']`).checked;";
