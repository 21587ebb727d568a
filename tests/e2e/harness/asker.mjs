// Programs that ask: each a script of its own, so that its path says who it is.

import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, readFileSync, realpathSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { socketOf } from "./agent.mjs";
import { binary } from "./binary.mjs";
import { run, start } from "./process.mjs";
import { bounded } from "./wait.mjs";

/** Sends one request, and prints what was answered and by which process. */
const ASKS = `
import http.client, json, socket, struct, sys
class Line(http.client.HTTPConnection):
    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(60)
        self.sock.connect(sys.argv[1])
        credentials = self.sock.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize("3i"))
        self.served_by = struct.unpack("3i", credentials)[0]
line = Line("localhost")
asked = json.load(sys.stdin)
line.request(asked["method"], asked["path"], json.dumps(asked["body"]) if asked.get("body") else None)
answer = line.getresponse()
print(json.dumps({"status": answer.status, "retryAfter": answer.headers.get("retry-after"),
    "servedBy": line.served_by, "body": json.loads(answer.read())}))
`;

let runs = 0;

/** A program of this name; the same name on the same profile is the same program. */
export function asker(profile, name) {
  const path = script(profile, `${name}.py`, `#!${python()}\n${ASKS}`);
  const begin = (method, target, body) => {
    runs += 1;
    const asking = start(path, [socketOf(profile)], {
      env: profile.env,
      log: join(profile.folder, "programs", `answer-${runs}.json`),
      input: JSON.stringify({ method, path: target, body }),
    });
    const answered = asking.ended.then(() => JSON.parse(readFileSync(asking.log, "utf8")));
    answered.catch(() => {}); // Of one that is ended while it asks, nobody wants to know.
    return {
      answer: ({ within = 20_000 } = {}) => bounded(`the answer to ${name}`, answered, within),
      end: () => asking.stop({ signal: "SIGKILL" }),
    };
  };
  const ask = (method, target, body) => begin(method, target, body).answer();
  return {
    name: `${name}.py`,
    path,
    ask,
    /** Asks for a token and does not wait for a person, unless `wait_seconds` says so. */
    token: (account, more = {}) => ask("POST", "/v1/token", { account, ...more }),
    /** Asks for a token and waits for a person: `answer()` and `end()`. */
    waits: (account, more = {}) => begin("POST", "/v1/token", { account, wait_seconds: 50, ...more }),
  };
}

/** A script of this name that runs the `evergrant` command. */
export function commandRunner(profile, name) {
  const path = script(profile, `${name}.sh`, `#!/bin/sh\n'${binary("evergrant")}' "$@"\nexit $?\n`);
  return {
    name: `${name}.sh`,
    path,
    /** Runs it to its end: `{ code, stdout, stderr }`. */
    run: (...words) => run(path, words, { env: profile.env, within: 30_000, allowFailure: true }),
  };
}

function script(profile, name, text) {
  const folder = join(profile.folder, "programs");
  mkdirSync(folder, { recursive: true });
  const path = join(folder, name);
  writeFileSync(path, text);
  chmodSync(path, 0o755);
  return path;
}

let found;

/** Asked of Python itself: what is called python3 may only be a script that finds it. */
function python() {
  found ??= realpathSync(execFileSync("python3", ["-c", "import sys; print(sys.executable)"]).toString().trim());
  return found;
}
