/**
 * How much work a call may still do. The engine knows no clock and no message: it asks before each step (a layer, a
 * chunk of rows) whether the step fits, and stops with its state intact when it does not.
 */

/** Instructions that are left to a call. */
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
