/** What a flag of llama.cpp's command line is, and the kinds of values that one may have. */
import { Problem } from '../../problem';
import { Text } from '../../ic/candid/values';
import { Asked } from './asked';
import { realNumber, wholeNumber } from './numeral';

/** The kind of value that follows a flag. */
export const NOTHING: u8 = 0;
export const TEXT: u8 = 1;
/** A whole number. */
export const WHOLE: u8 = 2;
/** A number. */
export const REAL: u8 = 3;
/** `on`, `off` or `auto`, or nothing. */
export const CHOICE: u8 = 4;

/** What happens with a flag. */
/** Its wish is always fulfilled, or does not affect an answer: accepted silently. */
export const MOOT: u8 = 0;
/** It cannot be followed, but no answer depends on it: accepted, and the log says so. */
export const IGNORED: u8 = 1;
/** Accepted with its neutral value only. */
export const NEUTRAL: u8 = 2;
/** The answer would depend on it: refused. */
export const REFUSED: u8 = 3;
/** It is followed. */
export const HONOURED: u8 = 4;

const MIN_WHOLE: f64 = -2147483648;
const MAX_WHOLE: f64 = 2147483647;
/** The largest unsigned number of 32 bits. */
const MAX_UNSIGNED: f64 = 4294967295;

/** A flag in all its forms: one row of the tables. Honoured flags are one of the classes below. */
export class Flag {
  /** Whether methods that take only sampling flags accept it. */
  isForSampling: bool;

  constructor(
    /** Its forms, separated by spaces. */
    readonly names: string,
    /** The kind of its value. */
    readonly value: u8,
    /** What happens with it. */
    readonly meaning: u8,
    /** Why it is ignored or refused, or what its neutral value is. */
    readonly note: string = '',
  ) {
    this.isForSampling = meaning != HONOURED;
  }

  /** Marks it as a sampling flag. */
  forSampling(): this {
    this.isForSampling = true;
    return this;
  }

  /** Applies the flag with its value. Null, or what is wrong with the value. */
  take(asked: Asked, value: Text): Problem | null {
    if (this.value == WHOLE) {
      const whole = wholeNumber(value);
      const wrong = whyNotWhole(whole);
      return wrong === null && this.meaning == NEUTRAL ? this.compare(whole) : wrong;
    }
    return this.value == REAL && isNaN(realNumber(value)) ? noNumber() : null;
  }

  /** Refuses all values but the neutral one. */
  private compare(value: f64): Problem | null {
    const space = this.note.indexOf(' ');
    const neutral = this.note.substring(0, space);
    if (value == parseFloat(neutral)) return null;
    return new Problem(`${this.note.substring(space + 1)}; only ${neutral} is accepted`);
  }
}

/** A flag that has no value. */
@final
export class TurnFlag extends Flag {
  constructor(
    names: string,
    private readonly turn: (asked: Asked) => void,
  ) {
    super(names, NOTHING, HONOURED);
  }

  take(asked: Asked, value: Text): Problem | null {
    this.turn(asked);
    return null;
  }
}


@final
export class TextFlag extends Flag {
  constructor(
    names: string,
    private readonly set: (asked: Asked, value: Text) => Problem | null,
  ) {
    super(names, TEXT, HONOURED);
  }

  take(asked: Asked, value: Text): Problem | null {
    return this.set(asked, value);
  }
}


@final
export class WholeFlag extends Flag {
  constructor(
    names: string,
    private readonly set: (asked: Asked, value: i32) => Problem | null,
  ) {
    super(names, WHOLE, HONOURED);
  }

  take(asked: Asked, value: Text): Problem | null {
    const whole = wholeNumber(value);
    const wrong = whyNotWhole(whole);
    return wrong === null ? this.set(asked, <i32>whole) : wrong;
  }
}


@final
export class RealFlag extends Flag {
  constructor(
    names: string,
    private readonly set: (asked: Asked, value: f64) => Problem | null,
  ) {
    super(names, REAL, HONOURED);
  }

  take(asked: Asked, value: Text): Problem | null {
    const real = realNumber(value);
    return isNaN(real) ? noNumber() : this.set(asked, real);
  }
}

/** Null, or why a value is no whole number of 32 bits. */
export function whyNotWhole(value: f64): Problem | null {
  if (!isOf32Bits(value)) return new Problem('it is no whole number of 32 bits');
  return value > MAX_WHOLE ? new Problem('it is too large') : null;
}

/** Whether a whole number has 32 bits, with a sign or without one. */
export function isOf32Bits(value: f64): bool {
  return value >= MIN_WHOLE && value <= MAX_UNSIGNED;
}

export function noNumber(): Problem {
  return new Problem('it is no number');
}
