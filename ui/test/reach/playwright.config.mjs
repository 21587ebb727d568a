// Chromium before the scenes. run.mjs serves them and says where.

import { chromium, defineConfig } from "@playwright/test";
import { chromiumOr } from "../../../tests/e2e/harness/chromium.mjs";

const here = new URL(".", import.meta.url).pathname;
const results = new URL("../../../test-results/reach", import.meta.url).pathname;

export default defineConfig({
  testDir: here,
  metadata: { whole: process.env.EVERGRANT_REACH === "whole" },
  outputDir: results,
  fullyParallel: true,
  workers: 2,
  forbidOnly: true,
  timeout: 30_000,
  expect: {
    timeout: 5_000,
    toHaveScreenshot: { animations: "disabled", caret: "hide", threshold: 0.1, maxDiffPixels: 40 },
  },
  snapshotPathTemplate: "{testDir}/kept/{arg}{ext}",
  reporter: [["list"], ["json", { outputFile: `${results}.json` }]],
  use: {
    baseURL: process.env.EVERGRANT_REACH_ADDRESS,
    viewport: { width: 480, height: 900 },
    locale: "en-GB",
    timezoneId: "Europe/Berlin",
    colorScheme: "light",
    contextOptions: { reducedMotion: "reduce" },
    launchOptions: {
      executablePath: chromiumOr(chromium.executablePath()),
      args: ["--font-render-hinting=none", "--disable-lcd-text", "--force-color-profile=srgb", "--hide-scrollbars"],
      env: { ...process.env, FONTCONFIG_FILE: `${here}fonts.conf` },
    },
  },
});
