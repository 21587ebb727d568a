// Everything a view needs, in one place: the agent, its live picture, and where the person is.

import { getContext, setContext } from "svelte";
import type { Agent, Answer } from "../agent";
import { settle } from "../answers";
import type { AccountView, AttemptView, FaultView, Outcome, OwnClientView, ProviderView, Recovery } from "../bindings";
import { clientsOf } from "../clients";
import { Live } from "./live.svelte";
import { Place, type Opening, type Start } from "./place.svelte";

/** A fault of a press that has no place of its own; shown among the notices. */
export interface Trouble {
  id: number;
  fault: FaultView;
}

type Failed = Extract<Outcome, { kind: "failed" }>;

export class Desk {
  readonly live: Live;
  readonly place: Place;
  troubles = $state<Trouble[]>([]);
  #count = 0;

  constructor(
    readonly agent: Agent,
    opening?: Opening,
  ) {
    this.live = new Live(agent);
    this.place = new Place(opening);
  }

  /** Waits for an answer; gives the fault, or null when all went well. */
  async run(answer: Promise<Answer>): Promise<FaultView | null> {
    return (await settle(answer)).fault;
  }

  /** As `run`, and tells of the fault among the notices. */
  async tell(answer: Promise<Answer>): Promise<FaultView | null> {
    const fault = await this.run(answer);
    // A second press of a busy button is no news: the button shows that it works.
    if (fault !== null && fault.code !== "already_at_work") this.complain(fault);
    return fault;
  }

  complain(fault: FaultView): void {
    this.#count += 1;
    const others = this.troubles.filter((each) => each.fault.code !== fault.code);
    this.troubles = [...others, { id: this.#count, fault }];
  }

  forget(trouble: number): void {
    this.troubles = this.troubles.filter(({ id }) => id !== trouble);
  }

  /** The provider chosen for a new account, else the first. */
  get provider(): ProviderView | undefined {
    const providers = this.live.snapshot?.providers ?? [];
    return providers.find(({ id }) => id === this.place.draft.provider) ?? providers[0];
  }

  /** The client files of that provider, the last used first. */
  get clients(): OwnClientView[] {
    return clientsOf(this.provider);
  }

  /** The one for a new account. */
  get client(): OwnClientView | undefined {
    return this.clients.find(({ id }) => id === this.place.draft.client) ?? this.clients[0];
  }

  async begin(start: Start): Promise<FaultView | null> {
    this.place.last = start;
    this.place.help = false;
    const fault = await this.run(this.#start(start));
    if (fault === null) {
      // What comes of it must not be hidden by what was looked for before.
      this.place.finding = "";
      this.place.go("home");
    } else if (fault.recovery === "importClient") this.place.go("client");
    else if (fault.code !== "already_at_work") this.complain(fault);
    return fault;
  }

  #start(start: Start): Promise<Answer> {
    switch (start.kind) {
      case "connect":
        return this.agent.connect(start.provider, start.client, start.ask);
      case "reconnect":
        return this.agent.reconnect(start.account, start.client ?? null);
      case "askAgain":
        return this.agent.askAgain(start.account);
    }
  }

  /** Starts the same once more, also after the window was closed in between. */
  async again(attempt: AttemptView): Promise<void> {
    const start = this.place.last ?? this.#guess(attempt);
    if (start === null) await this.leave(attempt);
    else await this.begin(start);
  }

  #guess({ purpose, provider, email }: AttemptView): Start | null {
    const account = this.live.snapshot?.accounts.find(
      (each) => each.provider === provider && each.email === email,
    );
    if (account === undefined || purpose === "adding") return null;
    return { kind: purpose === "askingAgain" ? "askAgain" : "reconnect", account: account.id };
  }

  /** Ends an attempt and lands where it began. */
  async leave({ purpose }: AttemptView): Promise<void> {
    const fault = await this.tell(this.agent.cancelAttempt());
    if (fault === null) this.place.go(purpose === "adding" ? "choose" : "home");
  }

  /** Ends an attempt to choose the client file again. */
  async importInstead(provider: string): Promise<void> {
    await this.tell(this.agent.cancelAttempt());
    this.place.draft.provider = provider;
    this.place.go("client");
  }

  /** Ends an attempt, if there is one, to go a step of the walk to a client file again. */
  async showStep(provider: string, step: string, off: string | null, client: string | null): Promise<void> {
    if (this.live.snapshot?.attempt && (await this.tell(this.agent.cancelAttempt())) !== null) return;
    this.place.draft.provider = provider;
    this.place.go("client");
    this.place.off = off;
    this.place.walked = client;
    this.place.walkTo(step);
  }

  /** What mends an account, by the press of one button. */
  mend(account: AccountView, recovery: Recovery): Promise<FaultView | null> | void {
    switch (recovery) {
      case "reconnect":
      case "signInAgain":
        return this.begin({ kind: "reconnect", account: account.id });
      case "importClient":
        this.place.draft.provider = account.provider;
        this.place.go("client");
        this.place.walked = account.client;
        return;
      default:
        return this.tell(this.agent.test(account.id));
    }
  }

  /** Does once more what failed. */
  repeat({ id }: AccountView, { activity }: Failed): Promise<FaultView | null> {
    switch (activity) {
      case "testing":
        return this.tell(this.agent.test(id));
      case "refreshing":
        return this.tell(this.agent.refresh(id));
      case "disconnecting":
        return this.tell(this.agent.disconnect(id, "everywhere"));
    }
  }
}

const KEY = Symbol("desk");

export function putDesk(desk: Desk): void {
  setContext(KEY, desk);
}

export function useDesk(): Desk {
  return getContext<Desk>(KEY);
}
