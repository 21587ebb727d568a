// The client files of a provider, side by side, and who uses each.

import type { AccountView, OwnClientView, ProviderView } from "./bindings";

/** Those that a person brought, the last used first. */
export function clientsOf(provider: ProviderView | undefined): OwnClientView[] {
  return provider?.client.kind === "imported" ? provider.client.clients : [];
}

/** The addresses of the accounts that were connected with it. */
export function usersOf(client: OwnClientView, accounts: AccountView[]): string[] {
  return accounts.filter((account) => account.client === client.id).map(({ email }) => email);
}

/** The one to go on with where the account's own is of no use. */
export function anotherFor(account: AccountView, providers: ProviderView[]): OwnClientView | undefined {
  const provider = providers.find(({ id }) => id === account.provider);
  return clientsOf(provider).find(({ id }) => id !== account.client);
}
