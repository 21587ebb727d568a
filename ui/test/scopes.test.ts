import { describe, expect, it } from "vitest";
import { plainPermissions, readTyped, scopeWords, shortName } from "../src/scopes";

const AUTH = "https://www.googleapis.com/auth/";

describe("scopes in plain words", () => {
  it("knows the long and the odd spelling", () => {
    expect(scopeWords(`${AUTH}gmail.send`)).toBe("Send mail as you, without reading any");
    expect(shortName("https://mail.google.com/")).toBe("mail.google.com");
    expect(scopeWords("https://mail.google.com/")).toMatch(/permanently delete/);
  });

  it("never guesses", () => {
    expect(scopeWords(`${AUTH}gmail.sendall`)).toBe(`${AUTH}gmail.sendall (no plain description)`);
    expect(scopeWords("unknown")).toBe("unknown (no plain description)");
  });

  it("says the sign-in in one line, last", () => {
    const lines = plainPermissions(["openid", `${AUTH}calendar`, `${AUTH}userinfo.email`, "profile"]);
    expect(lines.map(({ scopes }) => scopes.length)).toEqual([1, 3]);
  });
});

describe("typed names", () => {
  it("reads one a line, once, with or without the address", () => {
    const read = readTyped(`gmail.send\n\n  ${AUTH}gmail.send \nmail.google.com\nhttps://example.com/x`, true);
    expect(read).toEqual({
      ok: true,
      scopes: [`${AUTH}gmail.send`, "https://mail.google.com/", "https://example.com/x"],
    });
  });

  it("leaves short names alone where Google is not asked", () => {
    expect(readTyped("calendar", false)).toEqual({ ok: true, scopes: ["calendar"] });
  });

  it.each(["read my mail", "“gmail.send”", "https://", "a\\b", "x".repeat(300)])(
    "names the line that is wrong: %s",
    (text) => {
      expect(readTyped(`openid\n${text}`, true)).toEqual({ ok: false, line: 2, text });
    },
  );
});
