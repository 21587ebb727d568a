// Sentences that only other parts of Evergrant say, by the first part of their key; the window is built without them.

export const elsewhere = ["tray", "browser", "notification", "dialog", "cli", "doctor", "agent", "start"] as const;
