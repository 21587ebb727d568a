// From the browser's return to the account on the screen: exchange, identity, vault, ledger, window.

import { choosePerson, agree, consentPage } from "../e2e/harness/consent.mjs";
import { openScene } from "../e2e/harness/scene.mjs";
import { bounded, until } from "../e2e/harness/wait.mjs";
import { EMAIL, ask } from "../e2e/steps.mjs";

export async function callbackToAccount(stage) {
  const scene = await openScene(stage);
  try {
    const app = await scene.start({ build: "release" });
    await ask(app.window);
    const page = await consentPage(scene.browser);
    await app.window.execute(NOTE_WHEN_SHOWN, EMAIL.alice);
    const back = new Promise((resolve) => {
      page.on("request", (request) => /[?&]code=/.test(request.url()) && resolve(Date.now()));
    });
    await choosePerson(page, "alice");
    await agree(page);
    const returned = await bounded("the way back", back, 15_000);
    const shown = await until("the account", () => app.window.execute("return window.shownAt;"), { within: 20_000 });
    return shown - returned;
  } finally {
    await scene.close();
  }
}

const NOTE_WHEN_SHOWN = `
  const wanted = '[data-testid="account"][data-email="' + arguments[0] + '"]';
  const look = () => {
    // Not the next frame: a window behind the browser draws none.
    if (document.querySelector(wanted)) window.shownAt ??= Date.now();
  };
  new MutationObserver(look).observe(document.body, { subtree: true, childList: true, attributes: true });
`;
