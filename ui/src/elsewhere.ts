// Sentences that only other parts of Evergrant say, which the window is built without, and those that it loads later.

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

/** The first parts of what only views say that are loaded when they are opened. Most people need them once. */
const LATER = ["walk", "clients", "how", "leave", "settings"];

export function isLater(key: string): boolean {
  return LATER.some((part) => key.startsWith(`${part}.`));
}
