/**
 * The one way to fail in the canister: what cannot give its value gives a Problem instead, with a code to decide by and a
 * text for whoever asked. Nothing throws; a trap is for states that must not be entered.
 */

/** What kind of problem it is. Whoever answers a caller turns it into a status (service/replies). */
export enum Code {
  /** What was given is wrong: an argument, a file, a text. */
  INVALID,
  /** What was named is not there. */
  MISSING,
  /** The heap has no room for it now. */
  HEAP_FULL,
  /** Stable memory, or what was set as its limit, has no room for it. */
  STORAGE_FULL,
  /** It can be done later: others are first, or something is not ready. */
  BUSY,
  /** The caller may not. */
  FORBIDDEN,
  /** The caller has used up what he may. */
  OVER_QUOTA,
  /** The instructions of a call do not suffice for it. */
  OVER_BUDGET,
}

/** Why something cannot be done. Null in its place says that it was done. */
@final
export class Problem {
  constructor(
    /** What is wrong and why, for whoever asked; without a full stop at its end. */
    readonly text: string,
    readonly code: Code = Code.INVALID,
  ) {}

  /** The same problem, said of the thing that it was found in: `where: text`. */
  of(where: string): Problem {
    return new Problem(`${where}: ${this.text}`, this.code);
  }
}

/** An object, or the problem in its place: one of the two is there. */
@final
export class Result<T> {
  private constructor(
    private readonly found: T | null,
    /** Why there is no value; null if there is one. */
    readonly problem: Problem | null,
  ) {}

  static ok<T>(value: T): Result<T> {
    return new Result<T>(value, null);
  }

  static fail<T>(problem: Problem): Result<T> {
    return new Result<T>(null, problem);
  }

  /** What was asked for. Only where `problem` is null. */
  get value(): T {
    return this.found!;
  }
}
