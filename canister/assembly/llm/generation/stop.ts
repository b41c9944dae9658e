/** Why a generation has stopped. */
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
  /** The heap has no room for the next step, and the message has done nothing. */
  HEAP_FULL,
  /** It failed and cannot continue. */
  FAILED,
}
