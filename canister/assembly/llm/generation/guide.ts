/** Who follows the tokens of an answer: is told of each when it is chosen, may choose it himself, and may end the answer. */
export abstract class Guide {
  /** The place in the sequence of the token that is told next: what is before it is known. */
  position: i32 = 0;
  /** The answer is at its end: nothing comes behind the token that was told last. */
  isDone: bool = false;
  /** There was no room for what follows from a token. */
  isFull: bool = false;
  /** So much was told that the message has enough of it. */
  hasEnough: bool = false;

  /** Whether the logits have to be there with every token. */
  abstract get needsLogits(): bool;

  /** Instructions that it takes at most to be told of a token. */
  abstract get cost(): u64;

  /** The token that comes next, whatever would be drawn; -1 if one is to be drawn. */
  abstract get given(): i32;

  /** Whether several tokens may follow that a grammar forces, before it is told of them. */
  abstract get mayRun(): bool;

  /** Tells of the next token. `logits`: f32 of the vocabulary, from which it was drawn or could have been; 0 if there are none. */
  abstract tell(token: i32, logits: usize): void;
}
