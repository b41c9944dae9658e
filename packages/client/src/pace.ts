/** Tokens per call until the cost of a token is known. */
const FIRST_TOKENS = 8;
const MOST_TOKENS = 1024;

/**
 * Chooses the tokens per call so that each call executes a given number of instructions and text comes in pieces. Meant
 * for a network without consensus, where a call costs little more than its work; on the main network every call costs a
 * round trip, so as many tokens as fit is best. It does not measure time: the split of an answer, and so its cost, is
 * the same on every machine.
 */
export class Pace {
  readonly #instructions: number;
  #tokens = FIRST_TOKENS;

  constructor(instructions: number) {
    this.#instructions = instructions;
  }

  get tokens(): number {
    return this.#tokens;
  }

  /** Records the canister's instructions per token; 0 if it does not know. */
  note(instructionsPerToken: number): void {
    if (instructionsPerToken <= 0) return;
    this.#tokens = Math.max(1, Math.min(MOST_TOKENS, Math.floor(this.#instructions / instructionsPerToken)));
  }
}
