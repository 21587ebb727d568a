// The one interface through which the window reaches the agent.
// It says no more than the generated bindings do, so the window never learns that Tauri exists.

import type {
  Change,
  ConsentRequest,
  FaultView,
  HelpPage,
  ProfileName,
  Reach,
  ShellView,
  Snapshot,
} from "../bindings";

export type Answer = { status: "ok"; data: null } | { status: "error"; error: FaultView };
export type Stop = () => void;

export interface Agent {
  snapshot(): Promise<Snapshot>;
  shell(): Promise<ShellView>;
  onChange(hear: (change: Change) => void): Promise<Stop>;
  onShell(hear: (shell: ShellView) => void): Promise<Stop>;
  /** Files hovering over the window; the drop itself is read natively, never in here. */
  onDrag(hear: (over: boolean) => void): Promise<Stop>;

  showProfile(profile: ProfileName): Promise<Answer>;
  chooseClientFile(provider: string): Promise<Answer>;
  connect(provider: string, ask: ConsentRequest): Promise<Answer>;
  reconnect(account: string): Promise<Answer>;
  askAgain(account: string): Promise<Answer>;
  cancelAttempt(): Promise<Answer>;
  openAgain(): Promise<Answer>;
  copyLink(): Promise<Answer>;
  saveAgain(): Promise<Answer>;
  test(account: string): Promise<Answer>;
  testAll(): Promise<Answer>;
  refresh(account: string): Promise<Answer>;
  disconnect(account: string, reach: Reach): Promise<Answer>;
  picture(account: string): Promise<string | null>;
  dismiss(notice: number): Promise<null>;
  openPage(page: HelpPage): Promise<Answer>;
  keepRunning(keep: boolean): Promise<null>;
  setStartAtLogin(on: boolean): Promise<Answer>;
}
