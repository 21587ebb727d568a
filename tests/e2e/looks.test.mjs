// Every main state looks in the real window as it did: each theme, size and direction, in as few walks as show what they
// do to each other. What changed on purpose is taken anew by make screens.

import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { root } from "./harness/binary.mjs";
import { startStage } from "./harness/stage.mjs";
import { differs, incomparable } from "../screens/compare.mjs";
import { STAGE, photograph } from "../screens/photograph.mjs";

let stage;
before(async () => {
  stage = await startStage(STAGE);
});
after(() => stage?.stop());

for (const variant of ["light", "dark-200-ar"]) {
  test(`the window looks as it did: ${variant}`, { timeout: 300_000 }, async (context) => {
    const otherwise = await incomparable();
    if (otherwise !== null) return context.skip(otherwise);
    const folder = join(root, "test-results/looks");
    mkdirSync(folder, { recursive: true });
    const changed = [];
    await photograph(stage, variant, folder, async (name, file) => {
      if (await differs(file, name)) changed.push(name);
    });
    assert.deepEqual(changed, [], "see test-results/looks; if it is meant, make screens takes them anew");
  });
}
