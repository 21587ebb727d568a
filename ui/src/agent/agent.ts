// The one interface through which the window reaches the agent.
// It says no more than the generated bindings do, so the window never learns that Tauri exists.

import type {
  BrowserPick,
  BrowserView,
  BrowserWish,
  Change,
  ConsentRequest,
  FaultView,
  HelpPage,
  HistoryView,
  Lasting,
  LogView,
  NamedBrowserView,
  ProfileName,
  ProxyUnfit,
  ProxyView,
  Reach,
  ShellView,
  Snapshot,
  ThemeView,
  Walk,
} from "../bindings";

export type Answer<T = null> = { status: "ok"; data: T } | { status: "error"; error: FaultView };
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
  /** With nothing in it, it is called by its project again. */
  renameClient(client: string, name: string): Promise<Answer>;
  /** Only one that no account needs. */
  removeClient(client: string): Promise<Answer>;
  /** With this client; null: the one that was used last. */
  connect(provider: string, client: string | null, ask: ConsentRequest): Promise<Answer>;
  /** With its own client, unless another one is named. */
  reconnect(account: string, client: string | null): Promise<Answer>;
  askAgain(account: string): Promise<Answer>;
  cancelAttempt(): Promise<Answer>;
  openAgain(): Promise<Answer>;
  copyLink(): Promise<Answer>;
  saveAgain(): Promise<Answer>;
  test(account: string): Promise<Answer>;
  testAll(): Promise<Answer>;
  refresh(account: string): Promise<Answer>;
  disconnect(account: string, reach: Reach): Promise<Answer>;
  /** Every account of the shown profile, everywhere. */
  disconnectAll(): Promise<Answer>;
  /** Disconnects everything, deletes all that is kept, and quits; `now`: without waiting for what can't be ended or reached. */
  deleteEverything(now: boolean): Promise<Answer>;
  /** Calls that off. */
  keepEverything(): Promise<Answer>;
  quit(): Promise<null>;
  changeGrant(grant: string, scopes: string[], lasting: Lasting | null): Promise<Answer>;
  endGrant(grant: string): Promise<Answer>;
  /** Ends all that a program may, and lets it ask again where it was refused. */
  forgetProgram(program: string): Promise<Answer>;
  endAllGrants(): Promise<Answer>;
  /** Undoes the last end of access, for a minute. */
  giveBack(): Promise<Answer>;
  pausePrograms(paused: boolean): Promise<Answer>;
  /** Newest first, a page at a time; `before` is the number of the last line that is known. */
  programLog(search: string, before: number | null): Promise<Answer<LogView>>;
  /** Newest first. */
  history(account: string): Promise<Answer<HistoryView>>;
  /** The browser in which the account is connected again; null: the one in the settings. */
  accountBrowser(account: string): Promise<Answer<NamedBrowserView | null>>;
  setAccountBrowser(account: string, browser: BrowserPick | null): Promise<Answer>;
  picture(account: string): Promise<string | null>;
  dismiss(notice: number): Promise<null>;
  /** With a client, for its project. */
  openPage(page: HelpPage, client?: string | null): Promise<Answer>;
  /** The way to a Google client of one's own, as it holds on this computer. */
  walk(): Promise<Walk>;
  keepRunning(keep: boolean): Promise<null>;
  /** Whether closing the window leaves Evergrant running. */
  setKeepRunning(keep: boolean): Promise<Answer>;
  setStartAtLogin(on: boolean): Promise<Answer>;
  /** By its tag; null: the system's. */
  setLanguage(language: string | null): Promise<Answer>;
  setTheme(theme: ThemeView): Promise<Answer>;
  /** Those that are installed and can be chosen. */
  browsers(): Promise<BrowserView[]>;
  setBrowser(browser: BrowserWish): Promise<Answer>;
  /** Answers why that is no proxy; null: it is in use from now on. */
  setProxy(proxy: ProxyView): Promise<Answer<ProxyUnfit | null>>;
}
