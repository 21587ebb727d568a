import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { FakeAgent } from "../src/agent/fake";
import { scene } from "../src/agent/scenes";
import { Asked } from "../src/state/asked.svelte";
import { catchUp } from "../src/store";
import { themeOf, wear } from "../src/theme";

const page: { dataset: Record<string, string> } = { dataset: {} };

beforeEach(() => vi.stubGlobal("document", { documentElement: page }));
afterEach(() => {
  page.dataset = {};
  vi.unstubAllGlobals();
});

describe("light or dark", () => {
  it("is worn by the page until the system is to decide again", () => {
    wear("dark");
    expect(page.dataset).toEqual({ theme: "dark" });
    wear("light");
    expect(page.dataset).toEqual({ theme: "light" });
    wear("system");
    expect(page.dataset).toEqual({});
  });

  it.each([
    ["?lang=de&appearance=dark", "dark"],
    ["?appearance=light", "light"],
    ["?appearance=sepia", "system"],
    ["?lang=de", "system"],
  ])("stands in the address %s", (search, theme) => {
    expect(themeOf(search)).toBe(theme);
  });

  it("is the same in both profiles, and told to whoever listens", async () => {
    const agent = new FakeAgent(scene("settings")!, { pause: async () => {} });
    const first = await agent.snapshot();
    const stop = await agent.onChange((change) => expect(catchUp(first, [change]).settings.theme).toBe("dark"));
    await agent.setTheme("dark");
    stop();
    await agent.showProfile("practice");
    expect((await agent.snapshot()).settings.theme).toBe("dark");
    expect.assertions(2);
  });

  it("changes in the window that asks while it is open", async () => {
    const agent = new FakeAgent(scene("question-several")!);
    await new Asked(agent).start();
    await agent.setTheme("light");
    expect(page.dataset).toEqual({ theme: "light" });
  });
});
