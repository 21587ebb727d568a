// The live picture of the agent: subscribe first, then take the snapshot, so that nothing falls between.

import type { Agent, Stop } from "../agent";
import type { Change, ShellView, Snapshot } from "../bindings";
import { catchUp, catchUpShell, reduce } from "../store";

export class Live {
  snapshot = $state.raw<Snapshot | null>(null);
  shell = $state.raw<ShellView | null>(null);
  /** Why nothing can be shown, in the system's words; the window offers to try again. */
  broken = $state<string | null>(null);

  #agent: Agent;
  /** Changes heard while a snapshot is on its way; null when none is. */
  #waiting: Change[] | null = null;
  /** The last the shell told while its answer is on its way. */
  #told: ShellView | null = null;
  /** Counts loads, so that a snapshot overtaken by a newer load is not shown. */
  #load = 0;

  constructor(agent: Agent) {
    this.#agent = agent;
  }

  async start(): Promise<Stop> {
    const stops = await Promise.all([
      this.#agent.onChange((change) => this.#hear(change)),
      this.#agent.onShell((shell) => {
        this.#told = shell;
        this.shell = shell;
      }),
    ]);
    await this.load();
    return () => stops.forEach((stop) => stop());
  }

  async load(): Promise<void> {
    const load = ++this.#load;
    this.#waiting = [];
    try {
      const [snapshot] = await Promise.all([this.#agent.snapshot(), this.#askShell()]);
      if (load !== this.#load) return;
      const waiting: Change[] = this.#waiting;
      this.#waiting = null;
      this.snapshot = catchUp(snapshot, waiting);
      this.broken = null;
    } catch (error) {
      if (load === this.#load) this.broken = String(error);
    }
  }

  /** Also where a newer load overtakes this one: a route is told once. */
  async #askShell(): Promise<void> {
    this.#told = null;
    const shell = await this.#agent.shell();
    this.shell = catchUpShell(shell, this.#told);
  }

  #hear(change: Change): void {
    if (change.what.kind === "profile") {
      if (this.snapshot === null || change.revision > this.snapshot.revision) void this.load();
      return;
    }
    if (this.#waiting !== null) this.#waiting.push(change);
    else if (this.snapshot !== null) this.snapshot = reduce(this.snapshot, change);
  }
}
