// The permissions page as it is being filled in: what each press makes of it.

import type { Permission } from "./bindings";
import { IMAP, type PresetId, presets } from "./presets";

/** Kept while the window is open, so that Back and Cancel lose nothing. */
export interface Draft {
  provider: string | null;
  /** The client file that was chosen among several; null: the one that was used last. */
  client: string | null;
  preset: PresetId;
  permissions: Permission[];
  onlySignIn: boolean;
  advanced: boolean;
  typed: string;
}

export function emptyDraft(): Draft {
  return { provider: null, client: null, preset: "own", permissions: [], onlySignIn: false, advanced: false, typed: "" };
}

/** Ticks what the preset needs and nothing else; what was typed for another purpose goes. */
export function choosePreset(draft: Draft, chosen: PresetId): void {
  draft.preset = chosen;
  const permissions = presets.find(({ id }) => id === chosen)?.permissions ?? null;
  if (permissions === null) return;
  draft.permissions = [...permissions];
  draft.onlySignIn = permissions.length === 0;
  draft.typed = "";
}

export function turnPermission(draft: Draft, permission: Permission, on: boolean): void {
  const others = draft.permissions.filter((each) => each !== permission);
  draft.permissions = on ? [...others, permission] : others;
  if (on) draft.onlySignIn = false;
  draft.preset = "own";
}

/** "Only" means only: everything else goes. */
export function turnOnlySignIn(draft: Draft, on: boolean): void {
  draft.onlySignIn = on;
  draft.preset = "own";
  if (!on) return;
  draft.permissions = [];
  draft.typed = "";
}

export function typeNames(draft: Draft, text: string): void {
  draft.typed = text;
  draft.preset = "own";
  if (text.trim() !== "") draft.onlySignIn = false;
}

/** A mail program by IMAP is a mail program still. What was added is shown, not hidden in what is folded. */
export function addImap(draft: Draft): void {
  draft.typed = [draft.typed.trim(), IMAP].filter((each) => each !== "").join("\n");
  draft.advanced = true;
}

export function asksNothing({ onlySignIn, permissions, typed }: Draft): boolean {
  return !onlySignIn && permissions.length === 0 && typed.trim() === "";
}
