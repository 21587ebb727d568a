// What a preset asks is measured against what stands behind each permission on the other side.

import { beforeEach, describe, expect, it } from "vitest";
import { permissions } from "../src/agent/people";
import type { Permission } from "../src/bindings";
import { addImap, asksNothing, choosePreset, emptyDraft, turnOnlySignIn, turnPermission, typeNames, type Draft } from "../src/draft";
import { presets } from "../src/presets";
import { shortName } from "../src/scopes";
import { heaviest, weightOf } from "../src/weight";
import messages from "../messages/en.json";
import rust from "../../src-tauri/domain/src/permission.rs?raw";

/** The scopes of each permission, as the domain has them. */
const real = new Map(
  [...rust.matchAll(/Self::(\w+) => &\["https:\/\/www\.googleapis\.com\/auth\/([\w.]+)"\]/g)].map(([, name, scope]) => [
    (name!.charAt(0).toLowerCase() + name!.slice(1)) as Permission,
    scope!,
  ]),
);

/** What each purpose may touch at most. */
const purposes: Record<string, string[]> = {
  mail: ["gmail", "contacts"],
  calendar: ["calendar"],
  backup: ["drive", "contacts", "calendar"],
  signIn: [],
};

describe("presets", () => {
  it("name only permissions that there are", () => {
    expect(permissions.map(({ id }) => id).toSorted()).toEqual([...real.keys()].toSorted());
    for (const { permissions } of presets) for (const each of permissions ?? []) expect([...real.keys()]).toContain(each);
  });

  it.each(presets.filter(({ permissions }) => permissions !== null))("$id asks no more than its purpose needs", ({ id, permissions }) => {
    const services = permissions!.map((each) => real.get(each)!.split(".")[0]!);
    expect([...new Set(services)].toSorted()).toEqual(purposes[id]!.toSorted());
  });

  it("sends no mail for a backup, and opens no files for mail", () => {
    const of = (wanted: string) => presets.find(({ id }) => id === wanted)!.permissions;
    expect(of("backup")).not.toContain("sendMail");
    expect(of("mail")).not.toContain("driveFiles");
  });
});

describe("the permissions page", () => {
  let draft: Draft;
  beforeEach(() => {
    draft = emptyDraft();
  });

  it("begins with nothing asked", () => {
    expect(asksNothing(draft)).toBe(true);
    expect(draft.preset).toBe("own");
  });

  it("ticks what a preset needs, and nothing that was there for another", () => {
    typeNames(draft, "drive.readonly");
    choosePreset(draft, "mail");
    expect(draft).toMatchObject({ preset: "mail", permissions: ["sendMail", "readMail", "contacts"], typed: "", onlySignIn: false });
    choosePreset(draft, "calendar");
    expect(draft.permissions).toEqual(["calendar"]);
    choosePreset(draft, "signIn");
    expect(draft).toMatchObject({ permissions: [], onlySignIn: true });
  });

  it("leaves the boxes as they are for one's own choice", () => {
    choosePreset(draft, "backup");
    choosePreset(draft, "own");
    expect(draft.permissions).toEqual(["calendar", "contacts", "driveFiles"]);
  });

  it.each<[string, (draft: Draft) => void]>([
    ["a box is ticked", (draft) => turnPermission(draft, "calendar", true)],
    ["a box is cleared", (draft) => turnPermission(draft, "contacts", false)],
    ["only sign-in is ticked", (draft) => turnOnlySignIn(draft, true)],
    ["something is typed", (draft) => typeNames(draft, "tasks")],
  ])("is one's own choice once %s", (_, change) => {
    choosePreset(draft, "mail");
    change(draft);
    expect(draft.preset).toBe("own");
  });

  it("changes no preset by changing the page", () => {
    choosePreset(draft, "mail");
    draft.permissions.push("driveFiles");
    choosePreset(draft, "mail");
    expect(draft.permissions).not.toContain("driveFiles");
  });

  it("means only by only sign-in", () => {
    choosePreset(draft, "mail");
    turnOnlySignIn(draft, true);
    expect(draft).toMatchObject({ permissions: [], typed: "", onlySignIn: true });
    turnPermission(draft, "calendar", true);
    expect(draft.onlySignIn).toBe(false);
  });

  it("shows what a mail program by IMAP needs more, and stays a mail program", () => {
    choosePreset(draft, "mail");
    addImap(draft);
    expect(draft).toMatchObject({ preset: "mail", typed: "mail.google.com", advanced: true });
  });
});

describe("how much a permission weighs", () => {
  it.each([
    ["sendMail", "sensitive"],
    ["readMail", "mailbox"],
    ["calendar", "sensitive"],
    ["contacts", "sensitive"],
    ["driveFiles", "drive"],
  ])("%s: %s", (id, weight) => {
    expect(heaviest(permissions.find((each) => each.id === id)!.scopes)).toBe(weight);
  });

  it("is not guessed, and nothing for signing in", () => {
    expect(weightOf("special.thing")).toBeNull();
    expect(weightOf("openid")).toBeNull();
    expect(weightOf("https://www.googleapis.com/auth/userinfo.email")).toBeNull();
    expect(weightOf("https://www.googleapis.com/auth/drive.file")).toBeNull();
  });

  it("is that of the heaviest of several", () => {
    expect(heaviest(["openid", "https://www.googleapis.com/auth/calendar", "https://mail.google.com/"])).toBe("mailbox");
    expect(heaviest(["openid"])).toBeNull();
  });

  it("is known of everything at Gmail, Drive and Chat that the window has words for", () => {
    const names = Object.keys(messages).flatMap((key) => /^scope\.((?:mail\.google|gmail|drive|chat).*)$/.exec(key)?.[1] ?? []);
    const sensitive = names.filter((name) => weightOf(name === "mail.google.com" ? `https://${name}/` : `https://www.googleapis.com/auth/${name}`) === "sensitive");
    expect(sensitive.map(shortName)).toEqual(["gmail.send"]);
  });
});
