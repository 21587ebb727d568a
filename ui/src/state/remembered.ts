// How far the walk to a client file is gone outlives the window: only the name of a step, never what was filled in.
// Where nothing can be kept, it is forgotten with the window.

const KEY = "evergrant.walk";

export function remembered(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

export function remember(step: string | null): void {
  try {
    if (step === null) localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, step);
  } catch {
    // Then it is not kept.
  }
}
