// The practice Google as a process of its own, so that it can be looked into, told to misbehave, and
// taken away while the product runs.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { binary } from "./binary.mjs";
import { start } from "./process.mjs";
import { until } from "./wait.mjs";

const ISSUER = "https://practice.evergrant.invalid";

/** `issuer: null` has it call itself by its own address, as a provider does that describes itself. */
export async function startPractice({ env, folder, name = "practice", issuer = ISSUER }) {
  const files = { state: join(folder, `${name}.json`), key: join(folder, `${name}.key`) };
  let runs = 0;
  let process;
  let told;

  async function begin(port) {
    runs += 1;
    const log = join(folder, `${name}-${runs}.log`);
    const words = ["--port", String(port), ...(issuer ? ["--issuer", issuer] : []), "--state", files.state, "--control-key-file", files.key];
    process = start(binary("evergrant-practice"), words, { env, log });
    const first = until("the practice Google", () => {
      const line = readFileSync(log, "utf8").split("\n").find((text) => text.startsWith("{"));
      return line && JSON.parse(line);
    });
    told = await Promise.race([first, process.failed]);
  }
  await begin(0);

  const control = async (method, path, body) => {
    const answer = await fetch(`${told.base_url}/_control/${path}`, {
      method,
      headers: { authorization: `Bearer ${told.control_key}`, "content-type": "application/json" },
      body: body && JSON.stringify(body),
      signal: AbortSignal.timeout(5_000),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return JSON.parse(text);
  };

  return {
    url: told.base_url,
    clientId: told.client_id,
    clientSecret: told.client_secret,
    /** What the product needs to know to use this one. */
    env: { EVERGRANT_PRACTICE_URL: told.base_url },
    project: (change) => control("POST", "project", change),
    fault: (endpoint, fault, more = {}) => control("POST", "fault", { endpoint, fault, ...more }),
    clearFaults: () => control("DELETE", "faults"),
    person: (email, change) => control("POST", "user", { email, ...change }),
    clock: (change) => control("POST", "clock", change),
    /** What is granted to one person: scopes and counts of live tokens. */
    async grant(email) {
      return (await control("GET", "grants")).grants.find((grant) => grant.email === email);
    },
    /** The requests seen so far, those of one endpoint where it is named. */
    async requests(endpoint) {
      const { requests } = await control("GET", "log");
      return endpoint ? requests.filter((request) => request.endpoint === endpoint) : requests;
    },
    /** Off the network, its memory kept: what is asked meanwhile is refused by the system. */
    async goOffline() {
      await process.stop({ signal: "SIGINT" });
    },
    async comeBack() {
      await begin(Number(new URL(told.base_url).port));
    },
    stop: () => process.stop({ signal: "SIGINT" }),
  };
}
