// What an account is commonly connected for, and what each of these needs: no more than that.

import type { Permission } from "./bindings";

export type PresetId = "mail" | "calendar" | "backup" | "signIn" | "own";

export interface Preset {
  id: PresetId;
  /** What it ticks; null leaves every box as it is. */
  permissions: readonly Permission[] | null;
}

export const presets: readonly Preset[] = [
  { id: "mail", permissions: ["sendMail", "readMail", "contacts"] },
  { id: "calendar", permissions: ["calendar"] },
  { id: "backup", permissions: ["calendar", "contacts", "driveFiles"] },
  { id: "signIn", permissions: [] },
  { id: "own", permissions: null },
];

/** What IMAP and SMTP servers of Google insist on; reading and sending through its newer ways need less. */
export const IMAP = "mail.google.com";
