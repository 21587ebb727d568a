// Where in the window a person is, and what they have filled in so far.

import type { ConsentRequest, FaultView } from "../bindings";
import { emptyDraft, type Draft } from "../draft";
import { roomOf } from "../rooms";
import { remember, remembered } from "./remembered";

export type Page = "home" | "choose" | "client" | "clients" | "programs" | "log" | "how";

/** What was last started, so that "Try again" starts the same. */
export type Start =
  | { kind: "connect"; provider: string; client: string | null; ask: ConsentRequest }
  /** Another client than its own takes its place. */
  | { kind: "reconnect"; account: string; client?: string }
  | { kind: "askAgain"; account: string };

/** Where a gallery address or a test opens the window. */
export type Opening = Partial<
  Pick<Place, "page" | "settings" | "disconnecting" | "help" | "dragging" | "leaving" | "confirmed" | "changing" | "endingAll" | "opened" | "search" | "finding" | "step" | "different" | "off" | "moved" | "client" | "bringing">
> & { draft?: Partial<Draft> };

export class Place {
  page = $state<Page>("home");
  settings = $state(false);
  /** Where the page was opened that says how this works, so that Back leads there. */
  #before: { page: Page; settings: boolean } | null = null;
  /** The account whose disconnect question is open. */
  disconnecting = $state<string | null>(null);
  /** Which way out is open: all accounts at once, or all that is kept. */
  leaving = $state<"disconnect" | "delete" | null>(null);
  /** The accounts for which it was confirmed that all are disconnected. */
  confirmed = $state.raw<string[] | null>(null);
  /** The grant whose permissions are being changed. */
  changing = $state<string | null>(null);
  /** Whether the question is open that ends the access of all programs. */
  endingAll = $state(false);
  /** What is looked for among many accounts. */
  finding = $state("");
  /** What is unfolded, as `roomOf` names it. Each piece keeps that itself; here it outlives the page. */
  opened = new Set<string>();
  /** The accounts that came into sight once, with the moment they were connected. */
  seen = new Map<string, number>();
  /** The account that is to come into sight, and the focus with it. Its card takes it. */
  called = $state<string | null>(null);
  /** What is looked for in the log. */
  search = $state("");
  /** Whether the help about browser errors is open. */
  help = $state(false);
  /** A file hovers over the window. */
  dragging = $state(false);
  /** How far the walk to a client file is gone, by the name of the step; null: not begun. */
  step = $state<string | null>(remembered());
  /** Whether it is unfolded what that step may look like instead. */
  different = $state(false);
  /** What a test found switched off, where that is why the walk was opened. */
  off = $state<string | null>(null);
  /** The client that the walk is gone for again, whose project its pages are opened for. */
  walked = $state<string | null>(null);
  /** The client that was brought instead, where it is of another project. */
  moved = $state<string | null>(null);
  /** The client file that is being renamed or removed. */
  client = $state<{ id: string; being: "renamed" | "removed" } | null>(null);
  /** Why the walk was begun on the page of the client files, so that it leads back there; null: it was not. */
  bringing = $state<"again" | "another" | null>(null);
  draft = $state<Draft>(emptyDraft());
  last: Start | null = null;
  /** The fault of a dropped file that was shown already; it is told once. */
  dropSeen: FaultView | null = null;

  constructor({ draft, ...rest }: Opening = {}) {
    Object.assign(this, rest);
    Object.assign(this.draft, draft);
  }

  go(page: Page): void {
    this.page = page;
    this.settings = false;
    this.client = null;
    this.bringing = null;
    this.off = null;
    this.walked = null;
    this.moved = null;
  }

  /** The walk to a client file: this one once more, or one beside those that are there. */
  bring(which: "again" | "another", client: string | null = null): void {
    this.go("client");
    this.walkTo(null);
    this.walked = client;
    this.bringing = which;
  }

  /** Shows one account, whatever is looked for and wherever it is folded. */
  call(account: string): void {
    this.go("home");
    this.leaving = null;
    this.finding = "";
    this.opened.add(roomOf(account, "card"));
    this.called = account;
  }

  /** Opens a way out, over the page. */
  leave(way: "disconnect" | "delete"): void {
    this.settings = false;
    this.confirmed = null;
    this.leaving = way;
  }

  /** Tells how this works, over whatever is shown. */
  explain(): void {
    if (this.page !== "how") this.#before = { page: this.page, settings: this.settings };
    this.go("how");
  }

  /** Back from there, also into the settings. */
  explained(): void {
    this.page = this.#before?.page ?? "home";
    this.settings = this.#before?.settings ?? false;
    this.#before = null;
  }

  /** Another step of the walk; it is still there when the window was closed in between. */
  walkTo(step: string | null): void {
    this.step = step;
    this.different = false;
    remember(step);
  }

  startOver(): void {
    this.draft = emptyDraft();
    this.last = null;
  }
}
