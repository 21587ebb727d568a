// A long list comes a stretch at a time, so that neither opening a page nor a letter typed makes anybody wait.

/** What fills a large window at once, and what fits between two frames besides. */
const FIRST = 24;
const MORE = 16;
/** Milliseconds from one stretch to the next. A timer, since a web view that is not drawn has no frames. */
const REST = 12;

export class Unrolled {
  count = $state(FIRST);

  /** Belongs into an effect: makes the next stretch before long, until all are there. */
  go(total: number): (() => void) | void {
    if (this.count >= total) return;
    const next = setTimeout(() => (this.count += MORE), REST);
    return () => clearTimeout(next);
  }

  startOver(): void {
    this.count = FIRST;
  }
}
