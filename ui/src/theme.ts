// Light or dark, as a person chose it. The frame around the page follows by itself; this is for the page.

import type { ThemeView } from "./bindings";

/** From now on the page is light or dark, or what the system says. */
export function wear(theme: ThemeView): void {
  const { dataset } = document.documentElement;
  if (theme === "system") delete dataset.theme;
  else dataset.theme = theme;
}

/** The theme that the address of the page asks for. */
export function themeOf(search: string): ThemeView {
  const asked = new URLSearchParams(search).get("appearance");
  return asked === "light" || asked === "dark" ? asked : "system";
}
