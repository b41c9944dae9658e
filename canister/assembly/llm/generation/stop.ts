/** Why a generation has stopped. */
export enum Stop {
  /** It has not. */
  NONE,
  /** A token that ends a generation was evaluated. */
  END,
  /** The text has one of the texts at which to stop. */
  TEXT,
  /** The prompt ends with one of them: there is nothing to be said. */
  PROMPT,
  /** As many tokens as were asked for are reported. */
  LIMIT,
  /** The context has no room for another token. */
  CONTEXT_FULL,
  /** The message may do no more, by instructions, or by room in the heap after it has done something: the next goes on. */
  PAUSED,
  /** The message may evaluate no more tokens, or make no more text: the next goes on. */
  SPENT,
  /** The heap has no room for what comes next, and nothing was done. */
  HEAP_FULL,
  /** It cannot go on. */
  FAILED,
}
