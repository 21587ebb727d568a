// When a button may be pressed that gives something away. A question that has just come under the pointer, or a
// window that has just come to the front, may be met by a click or a key that was meant for something else.

/** Milliseconds from when a question can be seen until it can be answered. */
export const DOZE = 500;

export class Wake {
  #timer: ReturnType<typeof setTimeout> | undefined;
  #away = false;

  /** `hear` learns of each change; asleep at first. */
  constructor(private readonly hear: (awake: boolean) => void) {}

  /** Sleeps from now on, and wakes by itself unless the window is away. */
  doze(): void {
    this.#sleep();
    if (!this.#away) this.#timer = setTimeout(() => this.hear(true), DOZE);
  }

  /** The window is hidden or another one has the keys: sleeps until it is back. */
  leave(): void {
    this.#away = true;
    this.#sleep();
  }

  back(): void {
    this.#away = false;
    this.doze();
  }

  /** Somebody presses into the window: then it is here, also where no desktop says so. */
  pressed(): void {
    if (this.#away) this.back();
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  #sleep(): void {
    clearTimeout(this.#timer);
    this.hear(false);
  }
}
