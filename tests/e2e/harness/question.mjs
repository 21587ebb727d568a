// The small window that asks a person, held by the driver beside the main one.

import { until } from "./wait.mjs";
import { Window } from "./window.mjs";

/** The window that asks, once it is there and shows a question. */
export async function question(app, options) {
  const handle = await until("the window that asks", () => handleOf(app.session), options);
  const asked = new Question(app.session, handle, app.window);
  await asked.see("question");
  return asked;
}

/** Waits until nothing is asked. */
export const nothingAsked = (app, options) =>
  until("the window that asks to be gone", async () => !(await handleOf(app.session)), options);

async function handleOf(session) {
  for (const handle of await session.handles()) {
    if ((await session.window(handle).execute("return location.pathname;")) === "/question.html") return handle;
  }
  return undefined;
}

class Question extends Window {
  #session;
  #handle;

  constructor(session, handle, { byScript }) {
    super(session.window(handle), { byScript });
    this.#session = session;
    this.#handle = handle;
  }

  /** What stands there now. */
  asks() {
    return this.execute(ASKS);
  }

  /** Presses an answer, and waits until this question is no longer asked. */
  async answer(id) {
    const { id: number } = await this.asks();
    await this.awake(id);
    await this.clickAway(id);
    await this.answered(number);
  }

  /** Waits until an answer can be pressed. */
  awake(id) {
    return until(`${id} to wake`, async () => !(await this.#asleep(id)));
  }

  /** Waits until it cannot. */
  asleep(id) {
    return until(`${id} to sleep`, () => this.#asleep(id));
  }

  #asleep(id) {
    return this.execute("return document.querySelector(arguments[0]).disabled;", at(id));
  }

  /** Waits until the question of that number is gone, with its window or for the next one. */
  answered(number) {
    return until(`an answer to question ${number}`, async () => {
      if (!(await this.#session.handles()).includes(this.#handle)) return true;
      return (await this.execute(NUMBER)) !== number;
    });
  }

  /** The middle of an answer, in pixels of the window. */
  place(id) {
    return this.execute(MIDDLE, at(id));
  }
}

const at = (id) => `[data-testid=${JSON.stringify(id)}]`;

const NUMBER = "return document.querySelector('[data-testid=question]')?.dataset.id ?? null;";

const MIDDLE = `
  const { left, top, width, height } = document.querySelector(arguments[0]).getBoundingClientRect();
  return { x: Math.round(left + width / 2), y: Math.round(top + height / 2) };
`;

const ASKS = `
  const all = (id) => [...document.querySelectorAll("[data-testid=" + id + "]")];
  const [question] = all("question");
  return {
    ...question.dataset,
    words: question.innerText,
    accounts: all("question-account").map(({ dataset }) => dataset.email),
    scopes: all("question-scope").flatMap(({ dataset }) => dataset.scope.split(" ")).sort(),
    reason: all("question-reason")[0]?.innerText,
    command: all("question-command").length > 0,
    behind: all("question-behind").length > 0,
    focus: document.activeElement?.dataset.testid,
  };
`;
