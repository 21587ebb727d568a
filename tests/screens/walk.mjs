// One life of an account, with a stop at each state worth a picture. `look(name)` takes it.

import { asker } from "../e2e/harness/asker.mjs";
import { agree, backAtTheProduct, choosePerson, consent, consentPage } from "../e2e/harness/consent.mjs";
import { question } from "../e2e/harness/question.mjs";
import { pause, until } from "../e2e/harness/wait.mjs";
import { EMAIL, ask, connected } from "../e2e/steps.mjs";

export async function walk(scene, look) {
  const { practice, browser } = scene;
  await personal(scene, look);

  const app = await scene.start();
  const { window } = app;
  /** Looks at the top of the page, or at one thing on it. */
  const at = (name, ...thing) => look(window, name, ...thing);
  await practice.project({ apis: { calendar: false } });
  await window.see("welcome-connect");
  await window.click("welcome-connect");
  await window.see("continue");
  for (const permission of ["sendMail", "calendar"]) await window.click(`permission-${permission}`);
  await at("permissions");
  await window.click("back");

  await ask(window);
  const page = await consentPage(browser);
  await window.see("attempt-step", { step: "waiting" });
  await at("waiting");
  await window.click("attempt-help");
  await at("browser-help", "attempt-help");
  await choosePerson(page, "dora");
  await agree(page, { untick: ["auth/drive"] });
  await backAtTheProduct(page);
  await connected(window, "dora");
  await dismissNotices(window);
  await at("account");

  await window.click("account-test");
  await window.see("account-outcome", { kind: "tested" });
  await at("tested", "account-outcome");

  await programs(scene, app, look);

  const dora = window.card(EMAIL.dora);
  await dora.click("history-open");
  await dora.see("history-line", { what: "connected" });
  await at("history", "account-history");
  await dora.click("history-open");

  await ask(window, ["sendMail"]);
  await consent(browser, "alice");
  await connected(window, "alice");
  await practice.person(EMAIL.alice, { removed_app: true });
  const alice = window.card(EMAIL.alice);
  await alice.click("account-refresh");
  await window.see("account", { email: EMAIL.alice, state: "needsReconnect" });
  await dismissNotices(window);
  await at("needs-reconnect", "account", { email: EMAIL.alice });

  await forecast(scene, window, at);

  await dora.click("account-disconnect");
  await window.see("disconnect-dialog");
  await at("disconnect");
  await practice.goOffline();
  await window.click("disconnect-everywhere");
  await window.see("account", { email: EMAIL.dora, state: "disconnecting" });
  await at("disconnecting", "account", { email: EMAIL.dora });
  await window.click("settings-open");
  await window.see("settings");
  await at("settings");
}

/** The first page and the import of a client, as they are without practice. */
async function personal(scene, look) {
  const app = await scene.start({ args: [] });
  await app.window.see("welcome-practice");
  await look(app.window, "welcome");
  await app.window.click("welcome-connect");
  await app.window.see("walk-step");
  await look(app.window, "client-file");
  await app.quit();
}

/** A program asks, and what the window then says of it. */
async function programs(scene, app, look) {
  const { window } = app;
  const asking = asker(scene.profile, "calendar-sync").waits(EMAIL.dora, {
    scopes: ["https://www.googleapis.com/auth/calendar"],
    reason: "Shows your next appointments",
  });
  const asked = await question(app);
  await asked.awake("allow-always");
  await look(asked, "question");
  await asked.answer("allow-always");
  await asking.answer();
  await window.click("programs-open");
  // It is counted now and then.
  await window.see("program-grant", { uses: "1" });
  await look(window, "programs");
  await window.click("log-open");
  await window.see("log-line");
  await look(window, "log");
  await window.click("back");
  await window.click("back");
}

/** Access for a short time only: its end is told ahead once half of it is over. */
async function forecast({ practice, browser }, window, at) {
  const seconds = 30;
  await practice.project({ time_limited_seconds: seconds });
  await ask(window, ["sendMail"]);
  await consent(browser, "bob");
  await connected(window, "bob");
  await practice.project({ time_limited_seconds: 0 });
  await pause((seconds / 2) * 1_000);
  const bob = window.card(EMAIL.bob);
  await until("a forecast", async () => {
    await bob.click("account-test");
    await bob.see("account-outcome", { kind: "tested" });
    return bob.glance("account-forecast");
  });
  await dismissNotices(window);
  await at("forecast", "account", { email: EMAIL.bob });
}

async function dismissNotices(window) {
  while (await window.glance("notice-dismiss")) {
    await window.click("notice-dismiss");
    await pause(100);
  }
}
