/**
 * Runs a piece of work at most once in so many milliseconds, the last call of a row always; where the work itself takes long,
 * `times` as long as that lies between two of it, so that a page goes on answering.
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

  /** Runs at once what waits, or does nothing. */
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
