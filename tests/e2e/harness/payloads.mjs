// Keeps every message between the window and the rest of the product, both ways, for the canary search.

const RECORDER = `
  if (window.__payloads) return;
  const kept = (window.__payloads = []);
  const keep = (way, what) => kept.push(way + " " + (typeof what === "string" ? what : JSON.stringify(what)));
  const inside = window.__TAURI_INTERNALS__;
  if (!inside) throw new Error("this page is not the product's window");

  const fetch = window.fetch.bind(window);
  window.fetch = (address, options) => {
    keep("out", String(address) + " " + (options && typeof options.body === "string" ? options.body : ""));
    return fetch(address, options);
  };
  // Answers and events alike look up their callback here.
  const callbacks = inside.callbacks;
  const get = callbacks.get.bind(callbacks);
  callbacks.get = (id) => {
    const callback = get(id);
    return callback && ((data) => (keep("in", data), callback(data)));
  };
`;

export const record = (window) => window.execute(RECORDER);

/** All messages since the recorder began, and the page as it stands. */
export async function payloads(window) {
  return window.execute("return [...(window.__payloads ?? []), 'page ' + document.documentElement.outerHTML];");
}
