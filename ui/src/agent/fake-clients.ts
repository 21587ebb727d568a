// The client files that the fake agent keeps. One with an id that is known takes its own place.

import type { OwnClientView, ProviderView } from "../bindings";
import { clientsOf } from "../clients";

/** What a file of this project holds. */
export function client(project: string, name = project): OwnClientView {
  const number = [...project].reduce((sum, letter) => sum * 31 + letter.charCodeAt(0), 7) % 10_000_000;
  return { id: `google:${number.toString(16).padStart(16, "0")}`, clientId: `${number}-abcd.apps.example`, name, project, projectNumber: String(number) };
}

/** The file that a person chooses here: that of the first project, and then of the next. */
export function withFile(providers: ProviderView[], provider: string): ProviderView[] {
  return change(providers, provider, (clients) => {
    const file = client(clients.length === 0 ? "evergrant-home" : `evergrant-home-${clients.length + 1}`);
    return [file, ...clients.filter(({ id }) => id !== file.id)];
  });
}

export function renamed(providers: ProviderView[], id: string, name: string): ProviderView[] {
  const call = (each: OwnClientView) => (each.id === id ? { ...each, name: name.trim() || (each.project ?? "") } : each);
  return change(providers, null, (clients) => clients.map(call));
}

export function without(providers: ProviderView[], id: string): ProviderView[] {
  return change(providers, null, (clients) => clients.filter((each) => each.id !== id));
}

/** Of one provider, or of all. */
function change(
  providers: ProviderView[],
  id: string | null,
  make: (clients: OwnClientView[]) => OwnClientView[],
): ProviderView[] {
  return providers.map((each) => {
    if (each.client.kind === "builtIn" || (id !== null && each.id !== id)) return each;
    const clients = make(clientsOf(each));
    return { ...each, client: clients.length === 0 ? { kind: "missing" } : { kind: "imported", clients } };
  });
}
