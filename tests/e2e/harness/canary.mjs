// Looks for anything shaped like a secret where none may ever be.

import { lstatSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

/** Shapes of what the practice Google gives out, plain and as they look inside an address. */
const SHAPES = {
  "access token": /ya29\.[\w.-]{12,}/,
  "refresh token": /1(?:\/\/|%2[fF]%2[fF])0[\w-]{12,}/,
  "authorization code": /4(?:\/|%2[fF])0[\w-]{12,}/,
  "identity token": /eyJ[\w-]{16,}\.eyJ[\w-]{16,}\.[\w-]{16,}/,
};

/** What a text holds: names of shapes and the exact `secrets`, each with a little of what stands around it. */
export function findIn(text, place, secrets = {}) {
  const found = [];
  for (const [name, shape] of Object.entries(SHAPES)) {
    const match = shape.exec(text);
    if (match) found.push({ place, name, around: around(text, match.index) });
  }
  for (const [name, secret] of Object.entries(secrets)) {
    const index = text.indexOf(secret);
    if (index >= 0) found.push({ place, name, around: around(text, index) });
  }
  return found;
}

/** The same over every file below the folders; `files` counts what was read. */
export function findBelow(folders, secrets = {}) {
  const found = [];
  let files = 0;
  for (const folder of folders) {
    for (const path of filesBelow(folder)) {
      files += 1;
      const bytes = readFileSync(path);
      found.push(...findIn(bytes.toString("latin1"), path, secrets));
      // A database or a log may hold text of two bytes a letter.
      found.push(...findIn(bytes.toString("utf16le"), `${path} (wide)`, secrets));
    }
  }
  return { found, files };
}

function* filesBelow(folder) {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    const entry = lstatSync(path);
    if (entry.isDirectory()) yield* filesBelow(path);
    else if (entry.isFile()) yield path;
  }
}

const around = (text, index) => text.slice(Math.max(0, index - 40), index + 12).replace(/[^\x20-\x7e]/g, "·");
