// What an address says of the person's desktop: `?text=200&dir=rtl&theme=dark&motion=less`.

/** Makes the page what it would be there. What the address leaves out stays as the browser has it. */
export function furnish(asked: URLSearchParams): void {
  const { documentElement: page } = document;
  if (asked.get("text") === "200") page.classList.add("text-200");
  if (asked.get("dir") === "rtl") readFromTheRight(page);
  const theme = asked.get("theme");
  if (theme === "light" || theme === "dark") {
    follow(theme);
    settle("(prefers-color-scheme: dark)", theme === "dark");
  }
  if (asked.get("motion") === "less") settle("(prefers-reduced-motion: reduce)", true);
}

/** Whatever the language says of it. */
function readFromTheRight(page: HTMLElement): void {
  const turn = () => {
    if (page.dir !== "rtl") page.dir = "rtl";
  };
  turn();
  new MutationObserver(turn).observe(page, { attributeFilter: ["dir"] });
}

/** What nobody chose in the settings is as the desktop has it. */
function follow(theme: string): void {
  const sheet = new CSSStyleSheet();
  sheet.insertRule(`:root:not([data-theme]) { color-scheme: ${theme}; }`);
  document.adoptedStyleSheets.push(sheet);
}

/** From now on the rules under this condition hold, or do not, whatever the browser was told. */
function settle(condition: string, holds: boolean): void {
  for (const sheet of document.styleSheets) {
    for (const rule of sheet.cssRules) {
      if (rule instanceof CSSMediaRule && rule.conditionText.replaceAll(" ", "") === condition.replaceAll(" ", "")) {
        rule.media.mediaText = holds ? "all" : "not all";
      }
    }
  }
}
