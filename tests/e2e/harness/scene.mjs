// A test with a desktop: one stage for a file, and for each test a fresh person, an emptied vault and a
// practice Google of its own. A test that fails leaves its evidence in test-results/.

import { after, before, test } from "node:test";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { launchApp, startApp } from "./app.mjs";
import { keepEvidence } from "./evidence.mjs";
import { forget, items, keepKeyring } from "./keyring.mjs";
import { startPractice } from "./practice.mjs";
import { freshProfile } from "./profile.mjs";
import { startStage } from "./stage.mjs";

export const VAULT = { service: "evergrant-practice" };

/** Declares the file's stage and returns the way to write its tests. */
export function onStage(options = {}) {
  let stage;
  before(async () => {
    stage = await startStage(options);
  });
  after(() => stage?.stop());

  return (name, body, { timeout = 60_000 } = {}) =>
    test(name, { timeout }, async (t) => {
      const scene = await openScene(stage);
      try {
        await body(scene, t);
      } catch (error) {
        const kept = await keepEvidence(stage, name, {
          folders: [scene.profile.logs, scene.practiceFolder],
          windows: scene.windows(),
        });
        error.message += `\n(evidence in ${kept})`;
        throw error;
      } finally {
        await scene.close();
      }
    });
}

export async function openScene(stage) {
  const profile = await freshProfile(stage);
  const practiceFolder = join(profile.folder, "practice");
  mkdirSync(practiceFolder);
  if (stage.keyring) {
    await keepKeyring(stage);
    await forget(stage.env, VAULT);
  }
  const practice = await startPractice({ env: profile.env, folder: practiceFolder });
  const apps = [];
  const kept = async (starting) => {
    const app = await starting;
    apps.push(app);
    return app;
  };
  const withPractice = (options = {}) => ({ ...options, env: { ...practice.env, ...options.env } });
  return {
    stage,
    profile,
    practice,
    practiceFolder,
    browser: profile.browser,
    /** The product with its window held. */
    start: (options) => kept(startApp(profile, withPractice(options))),
    /** The product without a driver: hidden, or once more. */
    launch: (options) => kept(launchApp(profile, withPractice(options))),
    windows: () => apps.map(({ window }) => window).filter(Boolean),
    vaultItems: () => items(stage.env, VAULT),
    async close() {
      await Promise.all(apps.map((app) => app.end().catch(() => {})));
      await profile.browser.close().catch(() => {});
      await practice.stop();
    },
  };
}
