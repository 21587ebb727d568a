import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig, type Plugin } from "vitest/config";
import { isElsewhere, isLater } from "./src/elsewhere.ts";

const PAGES = ["index.html", "question.html"];
/** Where the pages with their fakes are built, apart from what is shipped. */
const GALLERY = "node_modules/.gallery";

export default defineConfig(({ mode }) => ({
  base: "./",
  plugins: [svelte(), ownSentences(mode === "test")],
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
        chunkFileNames: ({ name, facadeModuleId }) => {
          if (!facadeModuleId?.includes("/messages/")) return "assets/[name]-[hash].js";
          return `assets/messages${facadeModuleId.endsWith("?later") ? "-later" : ""}-${name}-[hash].js`;
        },
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

/** Leaves out what the window never says, and sets apart what it says only once that is asked for. Tests have it all. */
function ownSentences(whole: boolean): Plugin {
  return {
    name: "own-sentences",
    enforce: "pre",
    transform(code, id) {
      const [, later] = id.match(/\/messages\/[\w-]+\.json(\?later)?$/) ?? [id, null];
      if (later === null) return null;
      const all = Object.entries(JSON.parse(code) as Record<string, string>);
      const own = all.filter(([key]) => !isElsewhere(key) && (whole || isLater(key) === (later !== undefined)));
      const sentences = JSON.stringify(Object.fromEntries(own));
      // With a word after its name it is no JSON any more to the one who builds.
      return later === undefined || whole ? { code: sentences, map: null } : { code: `export default ${sentences}`, map: null, moduleType: "js" };
    },
  };
}
