/** Why a generation has stopped, if not for a problem. */
export enum Stop {
  /** It has not. */
  NONE,
  /** A token that ends a generation was evaluated. */
  END,
  /** The text contains a stop text. */
  TEXT,
  /** The prompt ends with a stop text: nothing is generated. */
  PROMPT,
  /** All requested tokens are reported. */
  LIMIT,
  /** The context has no room for another token. */
  CONTEXT_FULL,
  /** The message's instructions are used up, or the heap is full after some progress: the next message continues. */
  PAUSED,
  /** The message's limit of tokens or of text is reached: the next message continues. */
  SPENT,
}
