/** Tokens of a call as long as it is not known what one takes. */
const FIRST_TOKENS = 8;
const MOST_TOKENS = 1024;

/**
 * Chooses the tokens per call so that a call executes about so many instructions and text comes in pieces. Meant for a
 * network without consensus, where a call costs little more than its work; on the main network every call costs a round
 * trip, and as many tokens as fit is best. Time has no part in it: how an answer is split, and so what it costs, is the
 * same on every machine.
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

  /** Takes note of what the canister says that a token takes; 0 where it does not know. */
  note(instructionsPerToken: number): void {
    if (instructionsPerToken <= 0) return;
    this.#tokens = Math.max(1, Math.min(MOST_TOKENS, Math.floor(this.#instructions / instructionsPerToken)));
  }
}
