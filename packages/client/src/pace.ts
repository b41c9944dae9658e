const FIRST_TOKENS = 4;
const MOST_TOKENS = 256;

/**
 * Chooses the tokens per call so that a call takes about so many seconds and text comes in small pieces. Meant for a
 * network without consensus, where a call costs little more than its work; on the main network every call costs a
 * round trip, and as many tokens as fit is best.
 */
export class Pace {
  readonly #seconds: number;
  #tokens = FIRST_TOKENS;

  constructor(seconds: number) {
    this.#seconds = seconds;
  }

  get tokens(): number {
    return this.#tokens;
  }

  /** Takes note of a call that generated so many tokens in so many seconds. */
  note(tokens: number, seconds: number): void {
    if (tokens <= 0) return;
    const fitting = Math.floor((tokens * this.#seconds) / Math.max(seconds, 1e-3));
    this.#tokens = Math.max(1, Math.min(MOST_TOKENS, this.#tokens * 2, fitting));
  }
}
