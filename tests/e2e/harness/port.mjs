// A free port of the loopback interface. Somebody may take it before it is used: callers retry by failing loudly.

import { createServer } from "node:net";
import { once } from "node:events";

export async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  server.close();
  await once(server, "close");
  return port;
}
