// The tray's menu, read and pressed over D-Bus, the way a panel does it.

import { call, connections, property } from "./bus.mjs";
import { WATCHER } from "./panel.mjs";
import { run } from "./process.mjs";
import { until } from "./wait.mjs";

const ITEMS = "/org/ayatana/NotificationItem";
const MENU = "com.canonical.dbusmenu";
const ITEM = "org.kde.StatusNotifierItem";

export class Tray {
  #env;
  #pid;
  #found;

  constructor(env, pid) {
    this.#env = env;
    this.#pid = pid;
  }

  /** Waits until the process shows an icon; its place on the bus, which stays the same. */
  async place({ within = 10_000 } = {}) {
    this.#found ??= await this.#search(within);
    return this.#found;
  }

  #search(within) {
    return until(
      "the tray icon",
      async () => {
        const own = (await connections(this.#env)).filter(({ pid }) => pid === this.#pid);
        // All at once: the product has connections that serve nothing and answer nobody.
        const places = await Promise.all(own.map(({ name }) => placeOn(this.#env, name)));
        return places.find(Boolean) ?? null;
      },
      { within, every: 50 },
    );
  }

  /** True when the panel's notification area knows the icon. */
  async registered() {
    const { name } = await this.place();
    const items = await property(this.#env, [WATCHER, "/StatusNotifierWatcher", WATCHER, "RegisteredStatusNotifierItems"]);
    return items.some((item) => item.startsWith(name));
  }

  /** The icon's name and state as the panel sees them. */
  async icon() {
    const { name, path } = await this.place();
    const [icon, status, title] = await Promise.all(
      ["IconName", "Status", "Title"].map((what) => property(this.#env, [name, path, ITEM, what])),
    );
    return { icon, status, title };
  }

  /** The menu's lines, in order: `{ id, label, enabled, lines }`, separators left out. */
  async lines() {
    const { name, path } = await this.place();
    const [, [, , children]] = await call(this.#env, [name, `${path}/Menu`, MENU, "GetLayout"], "iias", [0, -1, 0]);
    return children.map(line).filter(({ label }) => label);
  }

  async labels() {
    return (await this.lines()).map(({ label }) => label);
  }

  /** Waits until a line says exactly this; or, with `there: false`, until none does. */
  async says(label, { there = true } = {}) {
    const what = `the tray ${there ? "to say" : "not to say"} ${label}`;
    await until(what, async () => (await this.labels()).includes(label) === there, { every: 50 });
  }

  /**
   * Presses the first line whose label matches, once it is there and can be pressed. The menu is drawn anew whenever
   * an account changes: a line that went meanwhile is looked for again, as a panel does.
   */
  async press(label, { within = 10_000 } = {}) {
    const { name, path } = await this.place();
    const matches = (line) => (label instanceof RegExp ? label.test(line.label) : line.label === label);
    const pressed = async () => {
      const found = (await this.lines()).find((line) => matches(line) && line.enabled);
      if (!found) return false;
      try {
        await call(this.#env, [name, `${path}/Menu`, MENU, "Event"], "isvu", [found.id, "clicked", "s", "", 0]);
        return true;
      } catch (error) {
        if (/does not refer/.test(error.message)) return false;
        throw error;
      }
    };
    await until(`a tray line ${label}`, pressed, { within, every: 50 });
  }
}

/** One line of dbusmenu's layout: `(ia{sv}av)`. */
function line(node) {
  const [id, properties, children] = node.data ?? node;
  return {
    id,
    label: (properties.label?.data ?? "").replace(/_(.)/g, "$1"),
    enabled: properties.enabled?.data ?? true,
    lines: children.map(line),
  };
}

/** The icon on one connection, if it is there. */
async function placeOn(env, name) {
  const tree = run("busctl", ["--user", "--list", "tree", name], { env, allowFailure: true, within: 2_000 });
  const { stdout } = await tree.catch(() => ({ stdout: "" }));
  const path = stdout.split("\n").find((text) => text.startsWith(`${ITEMS}/`) && !text.endsWith("/Menu"));
  return path && { name, path: path.trim() };
}
