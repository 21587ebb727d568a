// Views that are rarely opened. They are loaded when they are wanted, and with them what only they say.

import type { Component } from "svelte";
import { speakAll } from "./language.svelte";
import type { View } from "./view";

const views = {
  client: () => import("./views/ClientImport.svelte"),
  how: () => import("./views/How.svelte"),
};
type LaterView = keyof typeof views;

export class Later {
  #here = $state.raw<Partial<Record<LaterView, Component>>>({});
  /** What could not be loaded when it was last wanted. */
  #missing = $state.raw<View | null>(null);

  /** The view, once it is loaded. */
  component(view: View): Component | undefined {
    return isLater(view) ? this.#here[view] : undefined;
  }

  isAwaited(view: View): boolean {
    return isLater(view) && this.#here[view] === undefined && this.#missing !== view;
  }

  isMissing(view: View): boolean {
    return this.#missing === view;
  }

  async fetch(view: View): Promise<void> {
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

function isLater(view: View): view is LaterView {
  return view in views;
}
