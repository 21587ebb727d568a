// An agent in memory, for a plain browser and for tests. It behaves as the real one is promised to.

import type {
  AccountView,
  Activity,
  AttemptView,
  Change,
  ChangeKind,
  ConsentRequest,
  FaultView,
  HelpPage,
  HistoryView,
  LogView,
  Notice,
  Outcome,
  ProfileName,
  Purpose,
  Reach,
  ShellView,
  Snapshot,
  Step,
  Walk,
} from "../bindings";
import google from "../../steps/google.json";
import { reduce } from "../store";
import type { Agent, Answer, Stop } from "./agent";
import type { Asker } from "./asker";
import { clientsOf } from "../clients";
import { FakeBroker } from "./fake-broker";
import { renamed, withFile, without } from "./fake-clients";
import { FakeLeaving, type Around } from "./fake-leaving";
import { FakeMemory } from "./fake-past";
import { browsers, FakeSettings } from "./fake-settings";
import { otherProfile, shared, type FakeWays, type FakeWorld } from "./fake-world";
import { account, face, fault, scopesOf, testLines } from "./people";

export type { FakeWays, FakeWorld } from "./fake-world";

const OK: Answer = { status: "ok", data: null };
/** For what answers nothing. */
const done = (_: void): Answer => OK;
const no = (what: FaultView): Answer => ({ status: "error", error: what });

export class FakeAgent implements Agent, Asker {
  /** What was asked of the desktop, for tests to read. */
  readonly did: string[] = [];

  #world: FakeWorld;
  #other: Snapshot;
  #broker: FakeBroker;
  #memory: FakeMemory;
  #settings: FakeSettings;
  #leaving: FakeLeaving;
  #now: () => number;
  #pause: (ms: number) => Promise<void>;
  #changes = new Set<(change: Change) => void>();
  #shells = new Set<(shell: ShellView) => void>();
  #drags = new Set<(over: boolean) => void>();
  /** Ends the attempt that runs; a late step of an older one finds another number. */
  #epoch = 0;
  #asked: { account: string | null; scopes: string[] } = { account: null, scopes: [] };

  constructor(world: FakeWorld, ways: FakeWays = {}) {
    this.#world = structuredClone(world);
    this.#memory = new FakeMemory(this.#world.past);
    this.#now = ways.now ?? (() => Math.floor(Date.now() / 1000));
    this.#pause = ways.pause ?? ((ms) => new Promise((done) => setTimeout(done, ms)));
    this.#other = otherProfile(world.snapshot);
    const tell = (what: ChangeKind) => this.#tell(what);
    const around = { snapshot: () => this.#world.snapshot, tell, note: (news: Parameters<Around["note"]>[0]) => this.#note(news), pause: this.#pause };
    this.#leaving = new FakeLeaving(around);
    this.#broker = new FakeBroker(world.book, () => this.#world.snapshot, tell, this.#now);
    this.#settings = new FakeSettings(() => this.#world.snapshot.settings, tell);
  }

  async snapshot(): Promise<Snapshot> {
    if (this.#world.broken !== null) throw new Error(this.#world.broken);
    return structuredClone(this.#world.snapshot);
  }

  async shell(): Promise<ShellView> {
    return { ...this.#world.shell };
  }

  async onChange(hear: (change: Change) => void): Promise<Stop> {
    this.#changes.add(hear);
    return () => this.#changes.delete(hear);
  }

  async onShell(hear: (shell: ShellView) => void): Promise<Stop> {
    this.#shells.add(hear);
    return () => this.#shells.delete(hear);
  }

  async onDrag(hear: (over: boolean) => void): Promise<Stop> {
    this.#drags.add(hear);
    return () => this.#drags.delete(hear);
  }

  async showProfile(profile: ProfileName): Promise<Answer> {
    const { snapshot } = this.#world;
    if (snapshot.profile === profile) return OK;
    this.#epoch += 1;
    const shown = { ...this.#other, ...shared(snapshot) };
    this.#other = { ...snapshot, attempt: null };
    this.#world.snapshot = shown;
    this.#tell({ kind: "profile" });
    return OK;
  }

  async chooseClientFile(provider: string): Promise<Answer> {
    await this.#pause(600);
    this.#tell({ kind: "providers", providers: withFile(this.#world.snapshot.providers, provider) });
    this.#note({ code: "client_imported", tone: "good" });
    return OK;
  }

  async renameClient(client: string, name: string): Promise<Answer> {
    this.#tell({ kind: "providers", providers: renamed(this.#world.snapshot.providers, client, name) });
    return OK;
  }

  async removeClient(client: string): Promise<Answer> {
    const { providers, accounts } = this.#world.snapshot;
    if (accounts.some((account) => account.client === client)) return no(fault("client_in_use", "nothing"));
    this.#tell({ kind: "providers", providers: without(providers, client) });
    return OK;
  }

  async connect(provider: string, client: string | null, ask: ConsentRequest): Promise<Answer> {
    const at = this.#world.snapshot.providers.find(({ id }) => id === provider);
    if (at === undefined) return no(fault("provider_unknown", "nothing"));
    if (at.client.kind === "missing") return no(fault("client_missing", "importClient"));
    const own = client ?? clientsOf(at)[0]?.id ?? null;
    return this.#begin("adding", provider, own, null, [...scopesOf(...ask.permissions), ...ask.scopes]);
  }

  async reconnect(id: string, client: string | null): Promise<Answer> {
    const found = this.#find(id);
    if (found === undefined) return no(fault("account_unknown", "nothing"));
    return this.#begin("reconnecting", found.provider, client ?? found.client, found, found.granted);
  }

  async askAgain(id: string): Promise<Answer> {
    const found = this.#find(id);
    if (found === undefined) return no(fault("account_unknown", "nothing"));
    return this.#begin("askingAgain", found.provider, found.client, found, [...found.missing, ...found.granted]);
  }

  async cancelAttempt(): Promise<Answer> {
    this.#epoch += 1;
    this.#tell({ kind: "attempt", attempt: null });
    return OK;
  }

  async openAgain(): Promise<Answer> {
    this.did.push("openAgain");
    return OK;
  }

  async copyLink(): Promise<Answer> {
    this.did.push("copyLink");
    return OK;
  }

  async saveAgain(): Promise<Answer> {
    const { attempt } = this.#world.snapshot;
    if (attempt === null) return OK;
    this.#step("saving", { fault: null });
    await this.#pause(900);
    this.#finish(attempt);
    return OK;
  }

  async test(id: string): Promise<Answer> {
    return this.#work(id, "testing", 1_400, (found) => ({
      kind: "tested",
      at: this.#now(),
      lines: testLines(found),
    }));
  }

  async testAll(): Promise<Answer> {
    const ready = this.#world.snapshot.accounts.filter(({ state }) => state === "connected");
    await Promise.all(ready.map(({ id }) => this.test(id)));
    return OK;
  }

  async refresh(id: string): Promise<Answer> {
    const until = this.#now() + 3_599;
    return this.#work(id, "refreshing", 900, () => ({ kind: "refreshed", at: this.#now(), until }));
  }

  async disconnect(id: string, reach: Reach): Promise<Answer> {
    const found = this.#find(id);
    if (found === undefined) return no(fault("account_unknown", "nothing"));
    this.#put({ ...found, state: "disconnecting", busy: "disconnecting", outcome: null });
    await this.#pause(900);
    this.#tell({ kind: "accountGone", id });
    const code = reach === "everywhere" ? "disconnected" : "removed_here";
    this.#note({ code, tone: "good", values: { email: found.email } });
    return OK;
  }

  async disconnectAll(): Promise<Answer> {
    void this.#leaving.disconnectAll();
    return OK;
  }

  async deleteEverything(now: boolean): Promise<Answer> {
    void this.#leaving.deleteEverything(now);
    return OK;
  }

  async keepEverything(): Promise<Answer> {
    this.#leaving.keep();
    return OK;
  }

  async quit(): Promise<null> {
    this.did.push("quit");
    return null;
  }

  question: Asker["question"] = async () => structuredClone(this.#world.snapshot.question);
  answer: Asker["answer"] = async (...given) => done(this.#broker.answer(...given));
  changeGrant: Agent["changeGrant"] = async (...given) => done(this.#broker.change(...given));
  endGrant: Agent["endGrant"] = async (grant) => done(this.#broker.end(grant));
  forgetProgram: Agent["forgetProgram"] = async (program) => done(this.#broker.forget(program));
  endAllGrants: Agent["endAllGrants"] = async () => done(this.#broker.endAll());
  giveBack: Agent["giveBack"] = async () => done(this.#broker.giveBack());
  pausePrograms: Agent["pausePrograms"] = async (paused) => done(this.#broker.pause(paused));

  async programLog(search: string, before: number | null): Promise<Answer<LogView>> {
    return { status: "ok", data: this.#broker.log(search, before) };
  }

  async history(id: string): Promise<Answer<HistoryView>> {
    return this.#memory.tell(id, this.#pause);
  }

  accountBrowser: Agent["accountBrowser"] = (id) => this.#memory.browser(id);
  setAccountBrowser: Agent["setAccountBrowser"] = (id, browser) => this.#memory.setBrowser(id, browser);

  async picture(id: string): Promise<string | null> {
    return this.#find(id)?.hasPicture ? face : null;
  }

  async dismiss(notice: number): Promise<null> {
    const notices = this.#world.snapshot.notices.filter(({ id }) => id !== notice);
    this.#tell({ kind: "notices", notices });
    return null;
  }

  async walk(): Promise<Walk> {
    return google as Walk;
  }

  async openPage(page: HelpPage, client?: string | null): Promise<Answer> {
    this.did.push(client ? `openPage ${page} ${client}` : `openPage ${page}`);
    return OK;
  }

  async keepRunning(keep: boolean): Promise<null> {
    this.did.push(`keepRunning ${keep}`);
    this.#shell({ askingBackground: false, keepsRunning: keep });
    return null;
  }

  async setKeepRunning(keep: boolean): Promise<Answer> {
    this.#shell({ keepsRunning: keep });
    return OK;
  }

  async setStartAtLogin(on: boolean): Promise<Answer> {
    this.#shell({ startAtLogin: on });
    return OK;
  }

  setLanguage: Agent["setLanguage"] = (language) => this.#settings.setLanguage(language);
  setTheme: Agent["setTheme"] = (theme) => this.#settings.setTheme(theme);
  browsers: Agent["browsers"] = async () => browsers;
  setProxy: Agent["setProxy"] = (proxy) => this.#settings.setProxy(proxy);
  setBrowser: Agent["setBrowser"] = (browser) => this.#settings.setBrowser(browser);

  #begin(
    purpose: Purpose,
    provider: string,
    client: string | null,
    who: AccountView | null,
    scopes: string[],
  ): Answer {
    const attempt: AttemptView = {
      provider,
      purpose,
      client,
      email: who?.email ?? null,
      step: "opening",
      copies: this.#world.snapshot.settings.browser.kind === "copy",
      askedAgain: false,
      deadline: this.#now() + 300,
      fault: null,
    };
    this.#asked = { account: who?.id ?? null, scopes };
    this.#tell({ kind: "attempt", attempt });
    void this.#play(++this.#epoch, attempt);
    return OK;
  }

  /** The person in the browser says yes after a while. */
  async #play(epoch: number, attempt: AttemptView): Promise<void> {
    const steps: [Step, number][] = [["waiting", 500], ["finishing", 4_000], ["saving", 700]];
    for (const [step, ms] of steps) {
      await this.#pause(ms);
      if (epoch !== this.#epoch) return;
      this.#step(step);
    }
    await this.#pause(500);
    if (epoch === this.#epoch) this.#finish(attempt);
  }

  #step(step: Step, more: Partial<AttemptView> = {}): void {
    const { attempt } = this.#world.snapshot;
    if (attempt !== null) this.#tell({ kind: "attempt", attempt: { ...attempt, step, ...more } });
  }

  #finish({ provider, client }: AttemptView): void {
    const now = this.#now();
    const known = this.#asked.account === null ? undefined : this.#find(this.#asked.account);
    const granted = [...new Set(this.#asked.scopes)];
    const at = this.#world.snapshot.providers.find(({ id }) => id === provider);
    const fresh = { granted, missing: [], lastChecked: now, freshUntil: now + 3_599 };
    const card = known ?? account(this.#nobodyYet(), now, { connectedSince: now });
    this.#memory.note(card.id, known === undefined ? "connected" : "reconnected", now);
    this.#tell({ kind: "attempt", attempt: null });
    this.#put({
      ...card,
      ...fresh,
      provider,
      providerName: at?.name ?? provider,
      client: client ?? card.client,
      state: "connected",
      fault: null,
      reason: null,
      forecast: null,
      busy: null,
      outcome: { kind: "connected", at: now, renewed: known !== undefined },
    });
  }

  #nobodyYet(): string {
    const names = ["alice", "bob", "chioma", "dora"];
    return names.find((id) => this.#find(id) === undefined) ?? `person-${this.#now()}`;
  }

  async #work(
    id: string,
    busy: Activity,
    ms: number,
    end: (found: AccountView) => Outcome,
  ): Promise<Answer> {
    const found = this.#find(id);
    if (found === undefined) return no(fault("account_unknown", "nothing"));
    if (found.busy !== null) return no(fault("already_at_work", "nothing"));
    this.#put({ ...found, busy, outcome: null });
    await this.#pause(ms);
    const now = this.#now();
    this.#memory.note(id, "refreshed", now);
    // Whoever tries again is asked for the vault's password, and gives it.
    const waits = found.fault?.recovery === "unlockVault";
    const lasting = waits ? null : found.fault;
    this.#put({ ...found, fault: lasting, lastChecked: now, freshUntil: now + 3_599, outcome: end(found) });
    return OK;
  }

  #find(id: string): AccountView | undefined {
    return this.#world.snapshot.accounts.find((each) => each.id === id);
  }

  #put(changed: AccountView): void {
    this.#tell({ kind: "account", account: changed });
  }

  #note(notice: Partial<Notice> & Pick<Notice, "code" | "tone">): void {
    const { notices, revision } = this.#world.snapshot;
    const whole: Notice = { id: revision + 1, values: {}, fault: null, ...notice };
    this.#tell({ kind: "notices", notices: [...notices, whole] });
  }

  #tell(what: ChangeKind): void {
    const change: Change = { revision: this.#world.snapshot.revision + 1, what };
    this.#world.snapshot = reduce(this.#world.snapshot, change);
    this.#changes.forEach((hear) => hear(structuredClone(change)));
  }

  #shell(changed: Partial<ShellView>): void {
    this.#world.shell = { ...this.#world.shell, ...changed };
    this.#shells.forEach((hear) => hear({ ...this.#world.shell }));
  }
}
