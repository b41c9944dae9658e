import type { Delta } from '../backend.js';
import type { Token } from './whole.js';

/**
 * Finds the tokens of a text. A token comes after its text, or before it if it is only a part of a character. Some
 * tokens belong to no text that is shown: those of thoughts, calls and stop texts, and the one that ends an answer.
 */
export class TokensOfText {
  #held: Token[] = [];
  #hasText = false;
  #isElsewhere = false;

  /** The tokens of the last text, once they are known. */
  take(delta: Delta): Token[] {
    if (delta.type === 'token') {
      if (this.#isElsewhere) return [];
      this.#held.push(delta);
      if (!this.#hasText) return [];
      this.#hasText = false;
      return this.#held.splice(0);
    }
    if (delta.type !== 'progress') {
      this.#hasText = delta.type === 'text';
      this.#isElsewhere = !this.#hasText;
      if (this.#isElsewhere) this.#held = [];
    }
    return [];
  }
}
