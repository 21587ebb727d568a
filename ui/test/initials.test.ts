import { expect, it } from "vitest";
import { colourOf, COLOURS, initialsOf, markOf } from "../src/initials";

it("takes the first letters of the first and the last name", () => {
  const of = (name: string | null) => initialsOf({ name, email: "office@example.com" });
  expect(of("Dora Maria Fernández-Østergård")).toBe("DF");
  expect(of("  alice ")).toBe("A");
  expect(of("")).toBe("O");
  expect(of(null)).toBe("O");
  expect(of("𝒜lice Østergård")).toBe("𝒜Ø");
});

it("gives an address always the same colour, one of those there are", () => {
  for (const email of ["a@b", "", "alice@example.com", "x".repeat(900)]) {
    expect(colourOf(email)).toBe(colourOf(email));
    expect(colourOf(email)).toBeLessThan(COLOURS);
  }
});

it.each([
  ["msmtp", "M"],
  ["backup.py", "B"],
  ["org.gnome.Evolution", "E"],
  [".hidden", "H"],
  ["", "?"],
  ["…", "?"],
])("marks a program by a letter: %s", (name, mark) => {
  expect(markOf(name)).toBe(mark);
});
