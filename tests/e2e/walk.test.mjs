// The guided walk to a Google client of one's own, from its first step to a connected account. Whatever can go wrong at
// Google because of a step is provoked, and leads back to that step. The practice Google is described in config.toml
// here, and a file of the person's own says that the walk is for it.

import assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { agree, choosePerson, consent, consentPage, onPage } from "./harness/consent.mjs";
import { onStage } from "./harness/scene.mjs";
import { until } from "./harness/wait.mjs";
import { bring, clientOf, configFolder, ownProvider } from "./own-provider.mjs";
import { EMAIL, connected } from "./steps.mjs";

const test = onStage();
const walk = JSON.parse(readFileSync(new URL("../../ui/steps/google.json", import.meta.url), "utf8"));
/** What a client id of Google's begins with. */
const PROJECT = /^\d+/;

test("the walk leads to a connected account, and back to the step that went wrong", walked, { timeout: 180_000 });

async function walked(scene) {
  const google = await ownProvider(scene, ({ url }) => [
    "[provider.probes]",
    `calendar = "${url}/calendar/v3/users/me/calendarList?maxResults=1"`,
  ]);
  keepSteps(scene);
  const app = await scene.start({ args: [] });
  const { window } = app;

  await window.click("welcome-connect");
  await window.click("provider-mine");
  for (const { id, page } of walk.steps.filter((step) => step.page !== null)) {
    await window.see("walk-step", { step: id });
    await window.click(`client-open-${id}`);
    await opened(scene, walk.pages[page]);
    await window.click("walk-done");
  }

  // A file of another kind: back to where the client was made.
  await window.see("walk-step", { step: "file" });
  await bring(scene, window, { web: { client_id: "a", client_secret: "b" } });
  await window.see("client-fault", { code: "client_file_web" });
  await showsStep(window, "client");
  await window.click("walk-have-file");
  await bring(scene, window, clientOf(google));
  await window.see("view", { view: "choose" });

  // Each of these is a page of Google's that never comes back to the window: the person says what they see.
  const seen = [
    ["alice", "testing", "consent", { status: "testing" }, { status: "production" }],
    ["chioma", "admin", "consent", { admin_policy: true }, { admin_policy: false }],
    ["alice", "internal", "consent", { org_internal: true }, { org_internal: false }],
    ["alice", "deleted", "client", { client_deleted: true }, { client_deleted: false }],
  ];
  await google.person(EMAIL.alice, { test_user: false });
  for (const [person, help, step, broken, mended] of seen) {
    await google.project(broken);
    const page = await begin(scene, window);
    if (help !== "deleted") await choosePerson(page, person);
    await onPage(page, "blocked");
    await window.click("attempt-help");
    await window.execute("document.querySelector(`[data-testid='${arguments[0]}']`).open = true;", `help-${help}`);
    await showsStep(window.part(`help-${help}`), step, window);
    await google.project(mended);
    // The page of that step is opened for the very project of this client.
    await window.click(`client-open-${step}`);
    await opened(scene, inProject(google, walk.steps.find(({ id }) => id === step).page));
    await window.click("walk-have-file");
    await window.see("client-choose");
    await page.close();
    await home(window);
  }

  // On the list, but still in Testing: connected, and told at once that it will not last.
  await google.person(EMAIL.alice, { test_user: true });
  await google.project({ status: "testing", apis: { calendar: false } });
  await begin(scene, window);
  await consent(scene.browser, "alice");
  await connected(window, "alice");
  const alice = window.card(EMAIL.alice);
  await alice.see("account-forecast", { kind: "testing_ends" });
  await showsStep(alice.part("account-forecast"), "consent", window);
  await google.project({ status: "production" });
  await home(window);
  await alice.click("account-mend");
  await consent(scene.browser, "alice", { chooser: false });
  await until("an end of the warning", async () => !(await alice.glance("account-forecast")));

  // Switched off in the project: back to the list, with just that service in it.
  await alice.click("account-test");
  await alice.see("test-line", { check: "calendar", verdict: "switchedOff" });
  await showsStep(alice.part("test-line", { check: "calendar" }), "apis", window);
  assert.deepEqual((await window.all("walk-api")).map(({ api }) => api), ["calendar"]);
  await window.click("walk-api-open");
  await opened(scene, inProject(google, "consoleCalendar"));
  await google.project({ apis: { calendar: true } });
  await home(window);
  await alice.click("account-test");
  await alice.see("test-line", { check: "calendar", verdict: "works" });

  // A file of another project: what was set in the first one does not count there.
  await window.click("settings-open");
  await window.part("settings-client", { kind: "imported" }).click("settings-client-open");
  await window.click("client-replace");
  await bring(scene, window, clientOf({ clientId: "42-other.apps.googleusercontent.com", clientSecret: "b" }));
  await window.see("walk-moved");
  await window.click("walk-moved-show");
  await window.see("walk-step", { step: "apis" });
  await window.click("client-open-apis");
  await opened(scene, `${walk.pages.consoleApis}?project=42`);
  await google.stop();
}

/** The walk, for that provider. */
function keepSteps({ profile }) {
  const folder = join(configFolder(profile.env), "steps");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "google.json"), JSON.stringify({ ...walk, provider: "mine" }));
}

/** Presses what leads to the step of the walk that has to be gone again. */
async function showsStep(where, step, window = where) {
  await where.click("show-where");
  await window.see("walk-step", { step });
}

function inProject({ clientId }, page) {
  return `${walk.pages[page]}?project=${PROJECT.exec(clientId)[0]}`;
}

async function opened({ browser }, address) {
  await until(`${address} to be opened`, () => browser.opened().at(-1) === address);
}

/** From wherever one is to the browser's first page. */
async function begin({ browser }, window) {
  if (!(await window.glance("continue"))) {
    await window.click((await window.glance("connect-another")) ? "connect-another" : "welcome-connect");
  }
  await window.click("preset-calendar");
  await window.click("continue");
  return consentPage(browser);
}

/** Out of the walk, to the accounts or to the first page. */
async function home(window) {
  await until("the way out of the walk", async () => {
    if (!(await window.glance("walk-step"))) return true;
    await window.click("back");
    return false;
  });
}
