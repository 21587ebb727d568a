// Sentences that only other parts of Evergrant say; the window is built without them.

/** By the first part of their key. */
const PARTS = [
  "tray",
  "browser",
  "notification",
  "dialog",
  "cli",
  "doctor",
  "agent",
  "start",
  "vault",
  "backup",
] as const;

/** What to do about a program's problem is told to the program; the log says only what it was. */
export type Elsewhere = `${(typeof PARTS)[number]}.${string}` | `problem.${string}.todo`;

export function isElsewhere(key: string): key is Elsewhere {
  return PARTS.some((part) => key.startsWith(`${part}.`)) || /^problem\..*\.todo$/.test(key);
}
