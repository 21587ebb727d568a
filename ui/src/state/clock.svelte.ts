// One clock for the whole window, so that "5 minutes ago" ages by itself.

const BEAT = 10_000;

class Clock {
  #now = $state(seconds());

  constructor() {
    setInterval(() => this.set(), BEAT);
    // A window that was hidden shows the right time at once.
    document.addEventListener("visibilitychange", () => this.set());
  }

  get now(): number {
    return this.#now;
  }

  set(): void {
    this.#now = seconds();
  }
}

function seconds(): number {
  return Math.floor(Date.now() / 1000);
}

export const clock = new Clock();
