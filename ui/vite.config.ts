import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vitest/config";

export default defineConfig({
  base: "./",
  plugins: [svelte()],
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
