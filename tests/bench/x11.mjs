// Just enough of the X11 protocol to learn the moment a window becomes visible, to the millisecond.

import { createConnection } from "node:net";
import { once } from "node:events";

const MAP_NOTIFY = 19;
const SUBSTRUCTURE_NOTIFY = 1 << 19;

/** Listens on a display; `next()` resolves when a window of at least that size is put on the screen. */
export async function watchWindows(display, { width = 100, height = 100 } = {}) {
  const socket = createConnection(`/tmp/.X11-unix/X${display.slice(1)}`);
  await once(socket, "connect");
  const read = reader(socket);

  socket.write(Buffer.from([0x6c, 0, 11, 0, 0, 0, 0, 0, 0, 0, 0, 0]));
  const head = await read(8);
  if (head[0] !== 1) throw new Error("the X server refused");
  const setup = await read(head.readUInt16LE(6) * 4);
  const root = rootOf(setup);
  send(socket, 2, 0, [root, 1 << 11, SUBSTRUCTURE_NOTIFY]);
  socket.unref();

  let waiting = null;
  let mapped = [];
  (async () => {
    for (;;) {
      const packet = await read(32);
      const at = performance.now();
      const kind = packet[0] & 0x7f;
      if (kind === 1) {
        await read(packet.readUInt32LE(4) * 4);
        const asked = mapped.shift();
        const large = packet.readUInt16LE(16) >= width && packet.readUInt16LE(18) >= height;
        if (large && waiting) {
          waiting(asked.at);
          waiting = null;
        }
      } else if (kind === 0) {
        mapped.shift(); // The window was gone before its size could be asked.
      } else if (kind === MAP_NOTIFY) {
        const window = packet.readUInt32LE(8);
        mapped.push({ window, at });
        send(socket, 14, 0, [window]); // How large is it?
      }
    }
  })().catch(() => {});

  return {
    next: () => new Promise((resolve) => (waiting = resolve)),
    end: () => socket.destroy(),
  };
}

/** A request: its number, one byte of data, and words of four bytes. */
function send(socket, number, data, words) {
  const request = Buffer.alloc(4 + words.length * 4);
  request[0] = number;
  request[1] = data;
  request.writeUInt16LE(1 + words.length, 2);
  words.forEach((word, index) => request.writeUInt32LE(word >>> 0, 4 + index * 4));
  socket.write(request);
}

/** The root window, behind the vendor's name and the list of picture formats. */
function rootOf(setup) {
  const vendor = setup.readUInt16LE(16);
  const formats = setup[21];
  return setup.readUInt32LE(32 + ((vendor + 3) & ~3) + formats * 8);
}

function reader(socket) {
  let kept = Buffer.alloc(0);
  let wake = () => {};
  socket.on("data", (chunk) => {
    kept = Buffer.concat([kept, chunk]);
    wake();
  });
  return async (length) => {
    while (kept.length < length) await new Promise((resolve) => (wake = resolve));
    const taken = kept.subarray(0, length);
    kept = kept.subarray(length);
    return taken;
  };
}
