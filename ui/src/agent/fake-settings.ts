// What a person chose, in memory.

import type {
  BrowserPick,
  BrowserView,
  BrowserWish,
  ChangeKind,
  NamedBrowserView,
  ProxyUnfit,
  ProxyView,
  SettingsView,
  ThemeView,
} from "../bindings";
import type { Answer } from "./agent";
import { fault } from "./people";

export class FakeSettings {
  constructor(
    private readonly now: () => SettingsView,
    private readonly tell: (what: ChangeKind) => void,
  ) {}

  /** The system of this agent is English. */
  async setLanguage(language: string | null): Promise<Answer> {
    this.tell({ kind: "language", language: { spoken: language ?? "en", chosen: language !== null } });
    return { status: "ok", data: null };
  }

  async setTheme(theme: ThemeView): Promise<Answer> {
    return this.#put({ theme });
  }

  async setBrowser(wish: BrowserWish): Promise<Answer> {
    if (wish.kind !== "own") return this.#put({ browser: wish });
    const own = chosen(wish);
    if (own === null) return { status: "error", error: fault("request_refused", "nothing") };
    return this.#put({ browser: { kind: "own", ...own } });
  }

  async setProxy(wish: ProxyView): Promise<Answer<ProxyUnfit | null>> {
    const proxy = wish.kind === "own" ? own(wish.address.trim()) : wish;
    if (typeof proxy === "string") return { status: "ok", data: proxy };
    this.#put({ proxy });
    return { status: "ok", data: null };
  }

  #put(changed: Partial<SettingsView>): Answer {
    this.tell({ kind: "settings", settings: { ...this.now(), ...changed } });
    return { status: "ok", data: null };
  }
}

/** Nothing was chosen. */
export function unchosen(own: Partial<SettingsView> = {}): SettingsView {
  return { theme: "system", browser: { kind: "system" }, proxy: { kind: "system" }, vault: "system", ...own };
}

/** What is installed here. */
export const browsers: BrowserView[] = [
  {
    id: "chromium.desktop",
    name: "Chromium",
    profiles: [
      { id: "Default", name: "Alice" },
      { id: "Profile 1", name: "Work (alice@work.example)" },
    ],
  },
  { id: "firefox.desktop", name: "Firefox", profiles: [] },
];

/** Null: that one is not here. */
export function chosen({ browser, profile }: BrowserPick): NamedBrowserView | null {
  const found = browsers.find(({ id }) => id === browser);
  const named = found?.profiles.find(({ id }) => id === profile);
  if (found === undefined || (profile !== null && named === undefined)) return null;
  return { browser, profile, label: named === undefined ? found.name : `${found.name} – ${named.name}` };
}

/** As the agent reads it, roughly. */
function own(typed: string): ProxyView | ProxyUnfit {
  if (typed.includes("@")) return "withPassword";
  const [kind, rest] = typed.includes("://") ? typed.split("://", 2) : ["http", typed];
  if (!["http", "https", "socks5"].includes(kind!)) return "otherKind";
  return /^[\w.-]+(:\d+)?$/.test(rest!) ? { kind: "own", address: `${kind}://${rest}` } : "notAnAddress";
}
