/**
 * Follows the tokens of an answer: sees each one when it is chosen, may choose the next itself, and may end the answer.
 */
export abstract class Guide {
  /** The sequence position of the next token to tell; earlier ones are known. */
  position: i32 = 0;
  /** The answer has ended with the last token. */
  isDone: bool = false;
  /** There was no room for the results of a token. */
  isFull: bool = false;
  /** The message has produced enough output. */
  hasEnough: bool = false;

  /** Whether every token needs logits. */
  abstract get needsLogits(): bool;

  /** Most instructions for one token. */
  abstract get cost(): u64;

  /** The token that has to come next; -1 if it is drawn. */
  abstract get given(): i32;

  /** Whether several tokens that a grammar forces may follow before it sees them. */
  abstract get mayRun(): bool;

  /**
   * Tells it the next token. `logits`: f32 of the vocabulary that the token was, or could have been, drawn from; 0 if
   * there are none.
   */
  abstract tell(token: i32, logits: usize): void;
}
