// The window as a person meets it: things to press and to read, found by their data-testid.

import { until } from "./wait.mjs";

export class Window {
  #session;
  #inside;
  #byScript;

  /**
   * `inside` narrows everything to one part of the page. `byScript` presses without a pointer: where text is
   * enlarged, the driver's pointer misses.
   */
  constructor(session, { inside = "", byScript = false } = {}) {
    this.#session = session;
    this.#inside = inside;
    this.#byScript = byScript;
  }

  get byScript() {
    return this.#byScript;
  }

  /** The card of one account, as a smaller window. */
  card(email) {
    return this.part("account", { email });
  }

  /** What is in one thing of the page, as a smaller window. */
  part(id, where = {}) {
    return new Window(this.#session, { inside: `${this.#css(id, where)} `, byScript: this.#byScript });
  }

  #css(id, where) {
    return this.#inside + css(id, where);
  }

  /** The first thing shown that matches; `where` narrows by data attributes: `{ email: "a@b" }`. */
  see(id, where = {}, { within = 10_000 } = {}) {
    return until(`${this.#css(id, where)} to be seen`, () => this.glance(id, where), { within });
  }

  /** The same without waiting; null where nothing is shown. */
  async glance(id, where = {}) {
    for (const element of await this.#session.find(this.#css(id, where))) {
      if (await this.#session.displayed(element)) return element;
    }
    return null;
  }

  async gone(id, where = {}, { within = 10_000 } = {}) {
    await until(`${this.#css(id, where)} to be gone`, async () => !(await this.glance(id, where)), { within });
  }

  /** Presses it once it is shown and can be pressed. */
  async click(id, where = {}, options = {}) {
    const { within = 10_000 } = options;
    await until(
      `${this.#css(id, where)} to be pressed`,
      async () => {
        const element = await this.glance(id, where);
        if (!element || (await this.#session.attribute(element, "disabled")) !== null) return false;
        // As a person scrolls: the driver alone may leave it under a bar that stays.
        await this.bringToMiddle(id, where);
        if (this.#byScript) await this.#session.execute(PRESS, this.#css(id, where));
        else await this.#session.click(element);
        return true;
      },
      { within },
    );
  }

  /**
   * Presses what closes the window. With it goes the driver's hold, at times before it has answered, and what it
   * says then differs: whoever calls waits for what the press must lead to.
   */
  async clickAway(id) {
    const element = await this.see(id);
    const pressed = this.#byScript ? this.#session.execute(PRESS, this.#css(id, {})) : this.#session.click(element);
    await pressed.catch(() => {});
  }

  bringToMiddle(id, where = {}) {
    return this.#session.execute(TO_THE_MIDDLE, this.#css(id, where));
  }

  async text(id, where = {}, options = {}) {
    return this.#session.text(await this.see(id, where, options));
  }

  /** The data attribute `name` of the thing shown. */
  async data(id, name, where = {}) {
    return this.#session.attribute(await this.see(id, where), `data-${name}`);
  }

  /** Data attributes and texts of all that match, in the page's order. */
  all(id, where = {}) {
    return this.#session.execute(
      "return [...document.querySelectorAll(arguments[0])].map((e) => ({ ...e.dataset, text: e.innerText }));",
      this.#css(id, where),
    );
  }

  async type(id, text, where = {}) {
    await this.#session.type(await this.see(id, where), text);
  }

  /** Takes one of a list by its words. */
  choose(id, words, where = {}) {
    return until(`"${words}" in ${id}`, () => this.execute(CHOOSE, this.#css(id, where), words));
  }

  /** The words of the one that is taken. */
  chosen(id, where = {}) {
    return this.execute(CHOSEN, this.#css(id, where));
  }

  execute(script, ...args) {
    return this.#session.execute(script, ...args);
  }

  resize(width, height) {
    return this.#session.resize(width, height);
  }
}

function css(id, where) {
  const more = Object.entries(where).map(([name, value]) => `[data-${name}=${JSON.stringify(value)}]`);
  return `[data-testid=${JSON.stringify(id)}]${more.join("")}`;
}

const SHOWN = "[...document.querySelectorAll(arguments[0])].find((element) => element.checkVisibility())";
const TO_THE_MIDDLE = `${SHOWN}?.scrollIntoView({ block: "center", behavior: "instant" });`;
const PRESS = `${SHOWN}?.click();`;
const CHOSEN = `return ${SHOWN}?.selectedOptions[0]?.text;`;
const CHOOSE = `
  const list = ${SHOWN};
  const wanted = [...(list?.options ?? [])].find(({ text }) => text === arguments[1]);
  if (!wanted) return false;
  list.value = wanted.value;
  list.dispatchEvent(new Event("change", { bubbles: true }));
  return true;
`;
