/**
 * The canister's only way to fail: a function that cannot do its work returns a Problem, with a code for programs and a
 * text for people. Nothing throws; a trap is for states that must not occur. Success allocates nothing: null means that
 * there is no problem.
 */

/** The kind of a problem. Each code exists because some caller distinguishes it. */
export enum Code {
  /** The input is wrong: an argument, a file, a text. */
  INVALID,
  /** The named thing does not exist. */
  MISSING,
  /** The heap has no room for it now. */
  HEAP_FULL,
  /** Stable memory has no room for it. */
  STORAGE_FULL,
  /** The model that it needs is being loaded. */
  LOADING,
  /** The caller lacks the right. */
  FORBIDDEN,
  /** The message is refused unread: it is too long, not Candid, or was sent in the wrong way. */
  UNREADABLE,
  /** It has to wait for others and can be tried later. */
  BUSY,
  /** The caller's quota is used up. */
  OVER_QUOTA,
}

/** The reason why something cannot be done. */
@final
export class Problem {
  constructor(
    /** What is wrong and why, for the caller; without a full stop at its end. */
    readonly text: string,
    readonly code: Code = Code.INVALID,
  ) {}

  /** Whether the same may work later: the heap may have room again, or who is first be done. */
  get passes(): bool {
    return this.code == Code.HEAP_FULL || this.code == Code.BUSY;
  }

  /** The same problem, said of the thing that it was found in: `where: text`. */
  of(where: string): Problem {
    return new Problem(`${where}: ${this.text}`, this.code);
  }
}

/** Either a value or a problem, exactly one of the two. */
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
