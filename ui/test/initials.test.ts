import { expect, it } from "vitest";
import { colourOf, COLOURS, initialsOf } from "../src/initials";

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
