// A disk that fills up while an account is being connected: said, kept in memory, saved once there is room.

import assert from "node:assert/strict";
import { mkdirSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { agree, choosePerson, consentPage } from "./harness/consent.mjs";
import { run } from "./harness/process.mjs";
import { onStage } from "./harness/scene.mjs";
import { ask, connected } from "./steps.mjs";

const test = onStage();

// Only root can put a small disk under a folder; the rules behind it are tested everywhere.
const rooted = process.getuid?.() === 0;

test("with the disk full nothing is lost, and saving goes on once there is room", async (scene, t) => {
  if (!rooted) return t.skip("a small disk can be mounted by root only");
  const disk = join(scene.profile.env.XDG_DATA_HOME, "evergrant");
  mkdirSync(disk, { recursive: true });
  await run("mount", ["-t", "tmpfs", "-o", "size=1m,mode=0700", "tmpfs", disk]);
  try {
    const app = await scene.start();
    await ask(app.window);
    const page = await consentPage(scene.browser);
    await choosePerson(page, "alice");
    const filler = fill(disk);
    await agree(page);
    await app.window.see("attempt-fault", { code: "disk_full" });
    await app.window.see("attempt-step", { step: "notSaved" });

    rmSync(filler);
    await app.window.click("attempt-save-again");
    await connected(app.window, "alice");
    assert.equal((await scene.vaultItems()).length, 1);
    assert.equal((await scene.practice.grant("alice@example.com")).live_refresh_tokens, 1);
    await app.end();
  } finally {
    await run("umount", ["--lazy", disk]);
  }
});

/** Fills a disk to the last byte. */
function fill(disk) {
  const filler = join(disk, "filler");
  const { bavail, bsize } = statfsSync(disk);
  try {
    writeFileSync(filler, Buffer.alloc(bavail * bsize + 1));
  } catch (error) {
    if (error.code !== "ENOSPC") throw error;
  }
  return filler;
}
