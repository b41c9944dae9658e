/**
 * How much work a call may still do. The engine knows neither clock nor messages: before each step (a layer, a chunk of
 * rows) it asks whether the step fits, and if not, stops with its state intact.
 */

/** The remaining instructions of a call. */
export abstract class Budget {
  /** Instructions that may still be executed; 0 when the budget is used up. Falls as work is done. */
  abstract remaining(): u64;
}

/** No limit: for tests, benchmarks and hosts that do not meter. */
export class Unlimited extends Budget {
  remaining(): u64 {
    return u64.MAX_VALUE;
  }
}
