// A scene with somebody at its keyboard, and where they are.

import { expect, type Page } from "@playwright/test";
import { pictures } from "../../gallery/views";
import { Keyboard } from "./keyboard";
import { open } from "./scene";

/** A scene, and somebody at its keyboard. */
export async function at(page: Page, name: string): Promise<Keyboard> {
  await open(page, pictures.find((each) => each.name === name)!);
  return new Keyboard(page);
}

export const focused = (page: Page, testid: string) => expect(page.getByTestId(testid)).toBeFocused();
export const view = (page: Page, name: string) => expect(page.getByTestId("view")).toHaveAttribute("data-view", name);
/** Another view begins at its heading. */
export const heading = (page: Page) => expect(page.getByRole("heading", { level: 1 })).toBeFocused();
/** The settings are long, so they begin at their title. */
export const settingsBegin = (page: Page) => expect(page.getByTestId("settings").getByRole("heading", { level: 1 })).toBeFocused();
