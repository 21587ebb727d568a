// The real gnome-keyring, unlocked, with the vault in the stage's own home.

import { until } from "./wait.mjs";
import { run, start } from "./process.mjs";
import { call, owned } from "./bus.mjs";

const SECRETS = ["org.freedesktop.secrets", "/org/freedesktop/secrets", "org.freedesktop.Secret.Service"];

export async function startKeyring({ env, logs }) {
  const daemon = start("gnome-keyring-daemon", ["--foreground", "--unlock", "--components=secrets"], {
    env,
    log: `${logs}/keyring.log`,
    input: "stage",
  });
  // Asking for the name first: a call would make the bus start a second, locked one.
  await Promise.race([until("the keyring's name", () => owned(env, SECRETS[0])), daemon.failed]);
  await until("an unlocked keyring", async () => {
    const [collection] = await call(env, [...SECRETS, "ReadAlias"], "s", ["default"]);
    return collection !== "/";
  });
  return daemon;
}

/** Starts it again where it has ended: it breaks when a program is killed that was just opening a session with it. */
export async function keepKeyring(stage) {
  if (!(await owned(stage.env, SECRETS[0]))) await startKeyring(stage);
}

/** The items whose attributes match, as secret-tool prints them, without the secrets. */
export async function items(env, attributes) {
  const { stdout, stderr } = await run("secret-tool", ["search", "--all", ...Object.entries(attributes).flat()], {
    env,
    allowFailure: true,
  });
  // secret-tool prints paths and secrets to one stream and attributes to the other; which one differs by version.
  return `${stdout}\n${stderr}`
    .split("\n")
    .filter((line) => line.startsWith("attribute."))
    .map((line) => line.slice("attribute.".length).split(" = "))
    .reduce(
      (found, [name, value]) => {
        // Attributes of one item follow each other; a name seen again begins the next item.
        if (found.length === 0 || name in found.at(-1)) found.push({});
        found.at(-1)[name] = value;
        return found;
      },
      [],
    );
}

export const store = (env, attributes, secret) =>
  run("secret-tool", ["store", "--label=probe", ...Object.entries(attributes).flat()], { env, input: secret });

export const lookup = async (env, attributes) =>
  (await run("secret-tool", ["lookup", ...Object.entries(attributes).flat()], { env })).stdout;

export const forget = (env, attributes) =>
  run("secret-tool", ["clear", ...Object.entries(attributes).flat()], { env, allowFailure: true });
