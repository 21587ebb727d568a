// What a person does on the practice Google's pages. `page` is the browser's page.

import { until } from "./wait.mjs";

const SIGN_IN = /\/(o\/oauth2|signin)/;

/** The page on which the product asks for consent, in the person's browser. */
export const consentPage = (browser, options) => browser.page(SIGN_IN, options);

/** Waits for the page of that name; says which page is shown instead. */
export async function onPage(page, name) {
  await page.waitForSelector(`body[data-page="${name}"]`, { timeout: 10_000 }).catch(async () => {
    const shown = await page.getAttribute("body", "data-page", { timeout: 1_000 }).catch(() => null);
    throw new Error(`expected the page "${name}", saw "${shown}" at ${page.url()}`);
  });
}

export async function choosePerson(page, name) {
  await onPage(page, "chooser");
  await page.click(`#person-${name}`);
}

/** Sign-in, then what is asked for; `untick` lists the ends of scopes to leave out. */
export async function agree(page, { untick = [] } = {}) {
  await onPage(page, "sign-in");
  await page.click("#continue");
  if ((await nextPage(page)) !== "access") return;
  for (const scope of untick) await page.uncheck(`input[name=scope][value$="${scope}"]`, { timeout: 5_000 });
  await page.click("#continue");
}

export async function deny(page) {
  await page.click("#deny", { timeout: 10_000 });
}

/** Waits until the browser is back at the product's own page, and returns what it says. */
export async function backAtTheProduct(page) {
  // Every page of the provider carries its name; the product's page has none.
  await page.waitForFunction(() => document.body?.innerText.trim() && !document.body.dataset.page, undefined, {
    timeout: 10_000,
  });
  return page.innerText("body", { timeout: 5_000 });
}

/** The usual way through: choose, agree, back. */
export async function consent(browser, person, choices = {}) {
  const page = await consentPage(browser);
  if (choices.chooser !== false) await choosePerson(page, person);
  await agree(page, choices);
  return backAtTheProduct(page);
}

/** The page after the next load: its name, or null once the browser has left the provider. */
async function nextPage(page) {
  const shown = () => page.evaluate(() => document.body && { name: document.body.dataset.page ?? null });
  // Asked and answered in one step: between two pages there is none.
  const next = await until("the page after the sign-in", async () => {
    const now = await shown();
    return now?.name !== "sign-in" && now;
  });
  return next.name;
}
