import { Problem } from '../problem';

/**
 * What came of work that stops before a budget is used up: it is done, it goes on in a later message, or there is a problem;
 * exactly one of the three. Work that is done allocates nothing for it.
 */
@final
export class Outcome {
  static readonly DONE: Outcome = new Outcome(true, 0, null);

  private constructor(
    readonly isDone: bool,
    /** Instructions that the next step takes at most, if they are why the work goes on later; 0 otherwise. */
    readonly needed: u64,
    /** Why it cannot be done; null if it can. */
    readonly problem: Problem | null,
  ) {}

  /** The next step, of at most so many instructions, does not fit what is left of the budget. */
  static paused(needed: u64): Outcome {
    return new Outcome(false, needed, null);
  }

  static failed(problem: Problem): Outcome {
    return new Outcome(false, 0, problem);
  }

  /** Whether the work goes on in a later message. */
  get isPaused(): bool {
    return !this.isDone && this.problem === null;
  }
}
