/** The least and the most milliseconds between two polls. */
const LEAST_MS = 100;
const MOST_MS = 2_000;
const FIRST_MS = 150;
/** By how much each poll without news lengthens the wait. */
const SLOWER = 1.4;
/** Polls during the time in which the canister has news once. */
const LOOKS = 4;

/**
 * Chooses the time of the next poll: a few polls during each of the canister's messages, whose length is learnt from
 * the news. So news is seen soon, and a reader that waits for a long message or in a queue polls rarely.
 */
export class Rhythm {
  #wait = FIRST_MS;
  /** Time between two pieces of news, smoothed. */
  #interval: number | undefined;
  #lastNews: number | undefined;

  /** Milliseconds to wait after a poll at `now` (milliseconds of any clock). */
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
