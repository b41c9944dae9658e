/** The outcome of a piece of work. */
export enum Outcome {
  DONE,
  /** The next step does not fit the rest of the budget: the work continues in a later message. */
  PAUSED,
  /** It cannot be done. */
  FAILED,
}
