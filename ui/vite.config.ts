import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig, type Plugin } from "vitest/config";
import { isElsewhere } from "./src/elsewhere.ts";

const PAGES = ["index.html", "question.html"];
/** Where the pages with their fakes are built, apart from what is shipped. */
const GALLERY = "node_modules/.gallery";

export default defineConfig(({ mode }) => ({
  base: "./",
  plugins: [svelte(), ownSentences()],
  build: {
    target: "safari16",
    // Nothing may come in as a data: address but pictures.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // The window itself, and the small one that asks whether a program may have access. The gallery is never shipped.
    ...(mode === "gallery" && { outDir: GALLERY, emptyOutDir: true }),
    rolldownOptions: {
      input: mode === "gallery" ? [...PAGES, "gallery.html"] : PAGES,
      output: {
        chunkFileNames: ({ name, facadeModuleId }) =>
          facadeModuleId?.includes("/messages/") ? `assets/words-${name}-[hash].js` : "assets/[name]-[hash].js",
      },
    },
  },
  preview: {
    // The window's own policy, so that a picture of the preview is a picture of the window; the gallery frames its pages.
    headers: {
      "Content-Security-Policy":
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src ipc: http://ipc.localhost; frame-src 'self'",
    },
  },
  test: { include: ["test/**/*.test.ts"], setupFiles: ["test/english.ts"] },
}));

/** Leaves out what the window never says. */
function ownSentences(): Plugin {
  return {
    name: "own-sentences",
    enforce: "pre",
    transform(code, id) {
      if (!/\/messages\/[\w-]+\.json$/.test(id)) return null;
      const all = Object.entries(JSON.parse(code) as Record<string, string>);
      const own = all.filter(([key]) => !isElsewhere(key));
      return { code: JSON.stringify(Object.fromEntries(own)), map: null };
    },
  };
}
