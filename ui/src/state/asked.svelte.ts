// The question that is asked now: hear of changes first, then take what is, so that nothing falls between.

import type { Stop } from "../agent";
import type { Asker } from "../agent/asker";
import { settle } from "../answers";
import type { Change, Decision, FaultView, QuestionView } from "../bindings";
import { speak } from "../language.svelte";
import { wear } from "../theme";

export class Asked {
  question = $state.raw<QuestionView | null>(null);
  /** Nothing can be said before the first answer. */
  known = $state(false);
  /** Why an answer did not arrive. */
  fault = $state.raw<FaultView | null>(null);

  constructor(private readonly asker: Asker) {}

  async start(): Promise<Stop> {
    const stop = await this.asker.onChange((change) => this.#hear(change));
    try {
      const question = await this.asker.question();
      // What was told meanwhile is newer.
      if (!this.known) this.#show(question);
    } catch {
      // Without an answer there is nothing to decide, and no answer means no.
      this.known = true;
    }
    return stop;
  }

  /** Also when it does not arrive: the question then stands, with the reason. */
  async answer(question: number, decision: Decision): Promise<void> {
    this.fault = null;
    const { fault } = await settle(this.asker.answer(question, decision));
    if (this.question?.id === question) this.fault = fault;
  }

  #hear({ what }: Change): void {
    if (what.kind === "question") this.#show(what.question);
    else if (what.kind === "language") void speak(what.language.spoken);
    else if (what.kind === "settings") wear(what.settings.theme);
  }

  #show(question: QuestionView | null): void {
    if (question?.id !== this.question?.id) this.fault = null;
    this.question = question;
    this.known = true;
  }
}
