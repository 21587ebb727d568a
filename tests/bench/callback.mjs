// From the browser's return to the account on the screen: exchange, identity, vault, ledger, window.

import { choosePerson, agree, consentPage } from "../e2e/harness/consent.mjs";
import { openScene } from "../e2e/harness/scene.mjs";
import { bounded } from "../e2e/harness/wait.mjs";
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
    await app.window.see("account", { email: EMAIL.alice });
    return (await app.window.execute("return window.shownAt;")) - returned;
  } finally {
    await scene.close();
  }
}

const NOTE_WHEN_SHOWN = `
  const wanted = '[data-testid="account"][data-email="' + arguments[0] + '"]';
  const look = () => {
    if (window.shownAt || !document.querySelector(wanted)) return;
    requestAnimationFrame(() => (window.shownAt ??= Date.now()));
  };
  new MutationObserver(look).observe(document.body, { subtree: true, childList: true, attributes: true });
`;
