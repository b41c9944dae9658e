/** What a piece of work came to. */
export enum Outcome {
  DONE,
  /** The next step does not fit what is left of the budget: the work goes on in a later message. */
  PAUSED,
  /** It cannot be done. */
  FAILED,
}
