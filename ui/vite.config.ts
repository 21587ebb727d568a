import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig, type Plugin } from "vitest/config";
import { elsewhere } from "./src/elsewhere.ts";

export default defineConfig({
  base: "./",
  plugins: [svelte(), ownSentences()],
  build: {
    target: "safari16",
    // Nothing may come in as a data: address but pictures.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // The window itself, and the small one that asks whether a program may have access.
    rolldownOptions: { input: ["index.html", "question.html"] },
  },
  preview: {
    // The window's own policy, so that a picture of the preview is a picture of the window.
    headers: {
      "Content-Security-Policy":
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src ipc: http://ipc.localhost",
    },
  },
  test: { include: ["test/**/*.test.ts"] },
});

/** Leaves out what the window never says. */
function ownSentences(): Plugin {
  return {
    name: "own-sentences",
    enforce: "pre",
    transform(code, id) {
      if (!id.endsWith("/messages/en.json")) return null;
      const all = Object.entries(JSON.parse(code) as Record<string, string>);
      const own = all.filter(([key]) => !elsewhere.some((part) => key.startsWith(`${part}.`)));
      return { code: JSON.stringify(Object.fromEntries(own)), map: null };
    },
  };
}
