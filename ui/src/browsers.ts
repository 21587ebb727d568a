// Browsers to choose from, each profile a choice of its own.

import type { BrowserPick, BrowserView, NamedBrowserView } from "./bindings";
import type { Option } from "./parts/SelectSetting.svelte";
import { t } from "./words";

/** `here` is null until they are known; `own` is among them also when it is gone, and says so. */
export function browserOptions(here: BrowserView[] | null, own: NamedBrowserView | null): Option[] {
  const found = (here ?? []).flatMap(({ id, name, profiles }) => [
    { value: valueOf({ browser: id, profile: null }), words: name },
    ...profiles.map((profile) => ({ value: valueOf({ browser: id, profile: profile.id }), words: `${name} – ${profile.name}` })),
  ]);
  if (own === null || found.some(({ value }) => value === valueOf(own))) return found;
  const words = here === null ? own.label : t("account.browser.gone", { browser: own.label });
  return [...found, { value: valueOf(own), words }];
}

export function valueOf({ browser, profile }: BrowserPick): string {
  return JSON.stringify([browser, profile]);
}

export function pickOf(value: string): BrowserPick {
  const [browser, profile] = JSON.parse(value) as [string, string | null];
  return { browser, profile };
}
