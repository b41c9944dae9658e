/** Milliseconds between two looks at a generation: at least and at most. */
const LEAST_MS = 100;
const MOST_MS = 2_000;
const FIRST_MS = 150;
/** How much longer each look waits that has brought nothing. */
const SLOWER = 1.4;
/** Looks in the time in which the canister has something new once. */
const LOOKS = 4;

/**
 * When to look next: a few times in as long as the canister's messages take, which is learnt from when news came. So what is
 * new is seen soon, and who waits for a long message, or in a queue, asks rarely.
 */
export class Rhythm {
  #wait = FIRST_MS;
  /** Between two pieces of news, smoothed. */
  #interval: number | undefined;
  #lastNews: number | undefined;

  /** Milliseconds to wait after a look at `now`, in milliseconds of any clock. */
  next(hasNews: boolean, now: number): number {
    if (!hasNews) {
      this.#wait = Math.min(MOST_MS, this.#wait * SLOWER);
      return this.#wait;
    }
    if (this.#lastNews !== undefined) {
      const passed = now - this.#lastNews;
      this.#interval = this.#interval === undefined ? passed : (this.#interval + passed) / 2;
    }
    this.#lastNews = now;
    this.#wait = Math.max(LEAST_MS, Math.min(MOST_MS, (this.#interval ?? 0) / LOOKS));
    return this.#wait;
  }
}
