// The error pages a person may meet in the browser, most likely first.
// Source: Google, "OAuth 2.0 for Desktop Apps", authorization errors.

import type { HelpPage } from "./bindings";
import type { Key } from "./words";

export interface BrowserError {
  id: Id;
  /** Offers a text for the administrator. */
  administrator?: boolean;
  action?: { words: Key } & ({ kind: "open"; page: HelpPage } | { kind: "import" });
}

/** Every page that has its words. */
type Id = Key extends infer K ? (K extends `help.${infer Name}.see` ? Name : never) : never;

export const browserErrors: readonly BrowserError[] = [
  { id: "unverified" },
  {
    id: "testing",
    action: { kind: "open", page: "consoleAudience", words: "help.testing.action" },
  },
  { id: "blank" },
  { id: "client", action: { kind: "import", words: "help.client.action" } },
  {
    id: "type",
    action: { kind: "open", page: "consoleClients", words: "help.type.action" },
  },
  {
    id: "deleted",
    action: { kind: "open", page: "consoleClients", words: "help.deleted.action" },
  },
  { id: "admin", administrator: true },
  { id: "notset", administrator: true },
  { id: "internal" },
  { id: "embedded" },
  { id: "refused" },
  { id: "limit" },
];
