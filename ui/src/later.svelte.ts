// Views and dialogs that are rarely opened. They are loaded when they are wanted, and with them what only they say.

import type { Component } from "svelte";
import { speakAll } from "./language.svelte";
import type { LaterDialog, View } from "./view";

const views = {
  client: () => import("./views/ClientImport.svelte"),
  clients: () => import("./views/Clients.svelte"),
  programs: () => import("./views/Programs.svelte"),
  log: () => import("./views/Log.svelte"),
  how: () => import("./views/How.svelte"),
  disconnectAll: () => import("./views/DisconnectAllDialog.svelte"),
  delete: () => import("./views/DeleteDialog.svelte"),
  settings: () => import("./views/Settings.svelte"),
};
type LaterView = keyof typeof views;
type Wanted = View | LaterDialog | "settings";
// What each is given is checked where it is shown by name.
type Piece = Component<any>;

export class Later {
  #here = $state.raw<Partial<Record<LaterView, Piece>>>({});
  /** What could not be loaded when it was last wanted. */
  #missing = $state.raw<Wanted | null>(null);

  /** The view, once it is loaded. */
  component(view: Wanted): Piece | undefined {
    return isLater(view) ? this.#here[view] : undefined;
  }

  isAwaited(view: Wanted): boolean {
    return isLater(view) && this.#here[view] === undefined && this.#missing !== view;
  }

  isMissing(view: Wanted): boolean {
    return this.#missing === view;
  }

  async fetch(view: Wanted): Promise<void> {
    if (!isLater(view) || this.#here[view] !== undefined) return;
    try {
      const [{ default: component }] = await Promise.all([views[view](), speakAll()]);
      this.#here = { ...this.#here, [view]: component };
      this.#missing = null;
    } catch {
      this.#missing = view;
    }
  }
}

function isLater(view: Wanted): view is LaterView {
  return view in views;
}
