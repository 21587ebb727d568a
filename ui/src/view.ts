// Which view is shown: a pure answer, so that it can be tested without a window.

import type { ProviderView, Snapshot } from "./bindings";
import type { Page } from "./state/place.svelte";

export type View = "opening" | "attempt" | "client" | "clients" | "choose" | "accounts" | "welcome" | "programs" | "log" | "how" | "broken";

/** What is shown over a view and loaded when it is wanted. */
export type LaterDialog = "disconnectAll" | "delete";

/** What has begun is shown wherever the person went, also after a restart. */
export function dialogOf(snapshot: Snapshot | null, leaving: "disconnect" | "delete" | null): LaterDialog | null {
  if (snapshot !== null && snapshot.leaving !== null) return "delete";
  if (snapshot === null || leaving === null) return null;
  return leaving === "delete" ? "delete" : "disconnectAll";
}

export function viewOf(
  snapshot: Snapshot | null,
  broken: string | null,
  page: Page,
  provider: ProviderView | undefined,
): View {
  if (snapshot === null) return broken === null ? "opening" : "broken";
  if (snapshot.opening) return "opening";
  if (snapshot.attempt !== null) return "attempt";
  if (page === "clients") return provider?.client.kind === "imported" ? page : "client";
  if (page === "client" || page === "programs" || page === "log" || page === "how") return page;
  // Without a client file no browser page can be opened, so the file comes first.
  if (page === "choose") return provider?.client.kind === "missing" ? "client" : "choose";
  return snapshot.accounts.length > 0 ? "accounts" : "welcome";
}
