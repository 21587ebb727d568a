// What can be unfolded of an account: its card among many, and what a card holds.

export type Room = "card" | "users" | "history" | "browser" | "support";

/** Names it among all that are open. */
export function roomOf(account: string, room: Room): string {
  return `${room} ${account}`;
}
