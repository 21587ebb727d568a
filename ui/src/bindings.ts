// Hand-made in the style of the generator, which overwrites this file. Nothing else belongs here.

import { invoke as TAURI_INVOKE } from "@tauri-apps/api/core";
import * as TAURI_API_EVENT from "@tauri-apps/api/event";

export const commands = {
  async snapshot(): Promise<Snapshot> {
    return await TAURI_INVOKE("snapshot");
  },
  async shell(): Promise<ShellView> {
    return await TAURI_INVOKE("shell");
  },
  async showProfile(profile: ProfileName): Promise<Result<null, FaultView>> {
    return await result("show_profile", { profile });
  },
  async chooseClientFile(provider: string): Promise<Result<null, FaultView>> {
    return await result("choose_client_file", { provider });
  },
  async connect(provider: string, ask: ConsentRequest): Promise<Result<null, FaultView>> {
    return await result("connect", { provider, ask });
  },
  async reconnect(account: string): Promise<Result<null, FaultView>> {
    return await result("reconnect", { account });
  },
  async askAgain(account: string): Promise<Result<null, FaultView>> {
    return await result("ask_again", { account });
  },
  async cancelAttempt(): Promise<Result<null, FaultView>> {
    return await result("cancel_attempt");
  },
  async openAgain(): Promise<Result<null, FaultView>> {
    return await result("open_again");
  },
  async copyLink(): Promise<Result<null, FaultView>> {
    return await result("copy_link");
  },
  async saveAgain(): Promise<Result<null, FaultView>> {
    return await result("save_again");
  },
  async test(account: string): Promise<Result<null, FaultView>> {
    return await result("test", { account });
  },
  async testAll(): Promise<Result<null, FaultView>> {
    return await result("test_all");
  },
  async refresh(account: string): Promise<Result<null, FaultView>> {
    return await result("refresh", { account });
  },
  async disconnect(account: string, reach: Reach): Promise<Result<null, FaultView>> {
    return await result("disconnect", { account, reach });
  },
  async picture(account: string): Promise<string | null> {
    return await TAURI_INVOKE("picture", { account });
  },
  async dismiss(notice: number): Promise<null> {
    return await TAURI_INVOKE("dismiss", { notice });
  },
  async openPage(page: HelpPage): Promise<Result<null, FaultView>> {
    return await result("open_page", { page });
  },
  async keepRunning(keep: boolean): Promise<null> {
    return await TAURI_INVOKE("keep_running", { keep });
  },
  async setStartAtLogin(on: boolean): Promise<Result<null, FaultView>> {
    return await result("set_start_at_login", { on });
  },
};

export const events = {
  change: event<Change>("change"),
  shellChange: event<ShellView>("shell-change"),
};

export type AccountState = "connected" | "needsReconnect" | "needsSignIn" | "disconnecting";
export type AccountView = {
  id: string;
  provider: string;
  providerName: string;
  email: string;
  name: string | null;
  hasPicture: boolean;
  state: AccountState;
  fault: FaultView | null;
  granted: string[];
  missing: string[];
  connectedSince: number;
  lastChecked: number | null;
  freshUntil: number | null;
  busy: Activity | null;
  outcome: Outcome | null;
};
export type Activity = "testing" | "refreshing" | "disconnecting" | "reconnecting";
export type AttemptView = {
  provider: string;
  purpose: Purpose;
  email: string | null;
  step: Step;
  askedAgain: boolean;
  deadline: number;
  fault: FaultView | null;
};
export type Change = { revision: number; what: ChangeKind };
export type ChangeKind =
  | { kind: "account"; account: AccountView }
  | { kind: "accountGone"; id: string }
  | { kind: "attempt"; attempt: AttemptView | null }
  | { kind: "notices"; notices: Notice[] }
  | { kind: "providers"; providers: ProviderView[] }
  | { kind: "profile" };
export type Check = "signIn" | "identity" | "gmail" | "calendar" | "contacts" | "drive";
export type ClientView =
  | { kind: "builtIn" }
  | { kind: "imported"; clientId: string; project: string | null }
  | { kind: "missing" };
export type ConsentRequest = { permissions: Permission[]; scopes: string[] };
export type FaultView = { code: string; recovery: Recovery; detail: string | null };
export type HelpPage =
  | "permissionsAtGoogle"
  | "consoleProject"
  | "consoleApis"
  | "consoleConsent"
  | "consoleClients";
export type Notice = {
  id: number;
  code: string;
  tone: "good" | "info" | "problem";
  values: { [key in string]: string };
  fault: FaultView | null;
};
export type Outcome =
  | { kind: "connected"; at: number; renewed: boolean }
  | { kind: "refreshed"; at: number; until: number }
  | { kind: "tested"; at: number; lines: TestLine[] }
  | { kind: "failed"; at: number; activity: Activity; fault: FaultView };
export type Permission = "sendMail" | "readMail" | "calendar" | "contacts" | "driveFiles";
export type PermissionView = { id: Permission; scopes: string[] };
export type ProfileName = "personal" | "practice";
export type ProviderView = { id: string; name: string; client: ClientView };
export type Purpose = "adding" | "reconnecting" | "askingAgain";
export type Reach = "everywhere" | "thisComputer";
export type Recovery =
  | "tryAgain"
  | "reconnect"
  | "signInAgain"
  | "importClient"
  | "askAdministrator"
  | "mendVault"
  | "mendComputer"
  | "copyLink"
  | "nothing";
export type ShellView = {
  tray: boolean;
  startAtLogin: boolean;
  askingBackground: boolean;
  version: string;
};
export type Snapshot = {
  revision: number;
  profile: ProfileName;
  opening: boolean;
  providers: ProviderView[];
  permissions: PermissionView[];
  accounts: AccountView[];
  attempt: AttemptView | null;
  notices: Notice[];
};
export type Step = "opening" | "waiting" | "finishing" | "saving" | "notSaved" | "failed";
export type TestLine = { check: Check; verdict: Verdict; fault: FaultView | null };
export type Verdict = "works" | "switchedOff" | "notAllowed" | "failed";

export type Result<T, E> = { status: "ok"; data: T } | { status: "error"; error: E };

async function result<T>(
  command: string,
  args?: Record<string, unknown>,
): Promise<Result<T, FaultView>> {
  try {
    return { status: "ok", data: await TAURI_INVOKE<T>(command, args) };
  } catch (e) {
    if (e instanceof Error) throw e;
    return { status: "error", error: e as FaultView };
  }
}

function event<T>(name: string) {
  return {
    listen: (handler: TAURI_API_EVENT.EventCallback<T>) =>
      TAURI_API_EVENT.listen<T>(name, handler),
  };
}
