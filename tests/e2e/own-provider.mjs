// A provider of one's own: the practice Google once more, described in config.toml, with a client that a person brings.

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { chooseFile } from "./harness/file-dialog.mjs";
import { forget } from "./harness/keyring.mjs";
import { sentences } from "./harness/messages.mjs";
import { startPractice } from "./harness/practice.mjs";

/** The vault of the person's own accounts. */
export const PERSONAL = { service: "evergrant" };

const TITLE = sentences("en")["dialog.client_file.title"];
let files = 0;

/** Starts it and describes it, with nothing else kept. `more` is added to its description. */
export async function ownProvider({ profile }, more = () => []) {
  const { env, folder } = profile;
  await forget(env, PERSONAL);
  const provider = await startPractice({ env, folder, name: "own", issuer: null });
  const lines = ["[[provider]]", 'id = "mine"', 'name = "My own"', `issuer = "${provider.url}"`, 'offline = "access_type"'];
  mkdirSync(configFolder(env), { recursive: true });
  writeFileSync(join(configFolder(env), "config.toml"), [...lines, ...more(provider), ""].join("\n"));
  return provider;
}

export function configFolder(env) {
  return join(env.XDG_CONFIG_HOME, "evergrant");
}

/** What the provider's console would give for its client. */
export function clientOf({ clientId, clientSecret }) {
  return { installed: { client_id: clientId, client_secret: clientSecret } };
}

/** Chooses a client file with this content, in the system's own dialog; where it stands. */
export async function bring({ profile }, window, content) {
  files += 1;
  const file = join(profile.folder, `client-${files}.json`);
  writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content));
  await window.click("client-choose");
  await chooseFile(profile.env, TITLE, file);
  return file;
}
