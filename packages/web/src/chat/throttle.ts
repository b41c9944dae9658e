/**
 * Runs a piece of work after calls, but at most once in `least` milliseconds, and always after the last call. If the
 * work takes long, `times` as long passes before it runs again, so that the page keeps responding.
 */
export class Throttle {
  readonly #work: () => void;
  readonly #least: number;
  readonly #times: number;
  readonly #now: () => number;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #free = 0;

  constructor(work: () => void, least: number, times = 4, now: () => number = () => performance.now()) {
    this.#work = work;
    this.#least = least;
    this.#times = times;
    this.#now = now;
  }

  call(): void {
    if (this.#timer !== undefined) return;
    const wait = Math.max(0, this.#free - this.#now());
    this.#timer = setTimeout(() => this.flush(), wait);
  }

  /** Runs the waiting work at once, if there is any. */
  flush(): void {
    if (this.#timer === undefined) return;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const began = this.#now();
    this.#work();
    const ended = this.#now();
    this.#free = ended + Math.max(this.#least, (ended - began) * this.#times);
  }

  cancel(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
