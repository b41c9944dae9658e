/**
 * The one way to fail in the canister: what cannot be done answers with a Problem, which has a code to decide by and a text
 * for whoever asked. Nothing throws; a trap is for states that must not be entered. What succeeds allocates nothing for it:
 * null says that there is no problem.
 */

/** What kind of problem it is. A code is there because somebody decides by it. */
export enum Code {
  /** What was given is wrong: an argument, a file, a text. */
  INVALID,
  /** What was named is not there. */
  MISSING,
  /** The heap has no room for it now. */
  HEAP_FULL,
  /** Stable memory has no room for it. */
  STORAGE_FULL,
  /** The model that it needs is on its way. */
  LOADING,
  /** The caller may not. */
  FORBIDDEN,
  /** The message is not looked at: it is too long, no Candid, or was sent in another way than it has to be. */
  UNREADABLE,
  /** It can be done later: others are first. */
  BUSY,
  /** The caller has used up what callers may have. */
  OVER_QUOTA,
}

/** Why something cannot be done. */
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

/** An object, or the problem in its place: exactly one of the two is there. */
@final
export class Result<T> {
  private constructor(
    readonly value: T | null,
    /** Why there is no value. */
    readonly problem: Problem | null,
  ) {}

  static ok<T>(value: T): Result<T> {
    return new Result<T>(value, null);
  }

  static fail<T>(problem: Problem): Result<T> {
    return new Result<T>(null, problem);
  }
}
