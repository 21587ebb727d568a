// What stands for a person who has no picture.

export const COLOURS = 6;

/** "Alice Example" → "AE"; without a name, the first letter of the address. */
export function initialsOf({ name, email }: { name: string | null; email: string }): string {
  const words = (name ?? "").trim().split(/\s+/).filter((word) => word !== "");
  const chosen = words.length > 1 ? [words[0]!, words[words.length - 1]!] : [words[0] ?? email];
  return chosen.map((word) => [...word][0]?.toLocaleUpperCase() ?? "").join("");
}

/** What stands for a program: "msmtp" → "M", "org.gnome.Evolution" → "E". */
export function markOf(name: string): string {
  const parts = name.split(".").filter((part) => part !== "");
  const own = parts.length > 2 ? parts[parts.length - 1]! : name;
  return [...own.replace(/^[^\p{L}\p{N}]+/u, "")][0]?.toLocaleUpperCase() ?? "?";
}

/** The same address always has the same colour. */
export function colourOf(email: string): number {
  let sum = 0;
  for (const letter of email) sum = (sum * 31 + letter.codePointAt(0)!) % 1_000_003;
  return sum % COLOURS;
}
