#!/usr/bin/env node
// Carries a port of this computer to a Unix socket, for testers that know only ports. The broker sees this
// program as the one that asks. Usage: forwarder.mjs SOCKET; the port is its first line.

import { connect, createServer } from "node:net";

const [socket] = process.argv.slice(2);

const server = createServer((near) => {
  const far = connect(socket);
  near.pipe(far).pipe(near);
  for (const [end, other] of [[near, far], [far, near]]) {
    end.on("error", () => other.destroy());
    end.on("close", () => other.destroy());
  }
});
server.listen(0, "127.0.0.1", () => console.log(server.address().port));
