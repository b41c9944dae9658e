import { allocate, release } from '../../memory/heap';
import { Automata, NOTHING } from './automata';
import { Decimals, NO_DECIMAL } from './decimals';

/** Digits before the point if no bound needs more, and after it: the same as in llama.cpp. */
const DIGITS: i32 = 16;
/** Digits before or behind the point that a bound may have. */
const MOST_DIGITS: i32 = 400;

/** Digits that a number of 64 bits tells apart. */
const PRECISION: i32 = 15;

/** How the digits so far compare with a bound. */
const LESS: i32 = 0;
const EQUAL: i32 = 1;
const GREATER: i32 = 2;

/**
 * The automaton of the decimal numbers between two bounds, written without exponent:
 *
 *     [-] digits [. digits]
 *
 * NO_DECIMAL is no bound. Unless a bound has more there are up to 16 digits before the point and up to 16 after it, or
 * none after it for whole numbers only. "-0" is 0, and is accepted if other negative numbers are.
 */
export function ofRange(
  automata: Automata,
  decimals: Decimals,
  low: u32,
  lowIsOpen: bool,
  high: u32,
  highIsOpen: bool,
  isWhole: bool,
): u32 {
  const makesNegative = low == NO_DECIMAL || decimals.isNegative(low);
  const makesPositive = high == NO_DECIMAL || !decimals.isNegative(high);
  let negative = NOTHING;
  let positive = NOTHING;
  if (makesNegative) {
    const isBelow = high != NO_DECIMAL && (decimals.isNegative(high) || (decimals.isZero(high) && highIsOpen));
    const least = isBelow ? decimals.magnitude(high) : NO_DECIMAL;
    const most = low == NO_DECIMAL ? NO_DECIMAL : decimals.magnitude(low);
    negative = new Magnitudes(automata, decimals, least, highIsOpen, most, lowIsOpen, isWhole).make();
  }
  if (makesPositive) {
    const least = low == NO_DECIMAL || decimals.isNegative(low) ? NO_DECIMAL : low;
    positive = new Magnitudes(automata, decimals, least, lowIsOpen, high, highIsOpen, isWhole).make();
  }
  // Its edges are added after those of the states that they lead to; all of these lead to an end.
  const start = automata.addState(false);
  automata.open(start);
  if (negative != NOTHING) automata.addEdge(start, 0x2d, 0x2d, negative);
  if (positive != NOTHING) {
    for (let edge = automata.firstEdge(positive), end = edge + automata.edgeCount(positive); edge < end; ++edge) {
      automata.addEdge(start, automata.firstOf(edge), automata.lastOf(edge), automata.targetOf(edge));
    }
  }
  return !automata.ok || automata.edgeCount(start) == 0 ? NOTHING : start;
}

/** Number of decimal places at which a number beside a bound still differs from it when read as 64 bits. */
function placesNear(decimals: Decimals, bound: u32): i32 {
  return max(PRECISION - decimals.wholeDigits(bound), decimals.fractionDigits(bound) + 1);
}

/** The numbers without sign from one bound to another. */
@final
class Magnitudes {
  private readonly wholeDigits: i32;
  private readonly fractionDigits: i32;
  /**
   * States by the digits so far, see `place`: [ state + 1: u32 ] * places, and the places in the order of discovery.
   */
  private states: usize = 0;
  private list: usize = 0;
  private listed: u32 = 0;

  constructor(
    private readonly automata: Automata,
    private readonly decimals: Decimals,
    private readonly low: u32,
    private readonly lowIsOpen: bool,
    private readonly high: u32,
    private readonly highIsOpen: bool,
    isWhole: bool,
  ) {
    const wholeOfLow = low == NO_DECIMAL ? 0 : decimals.wholeDigits(low);
    const ofLow = low == NO_DECIMAL ? 0 : decimals.fractionDigits(low);
    const ofHigh = high == NO_DECIMAL ? 0 : decimals.fractionDigits(high);
    // Of numbers without an upper bound there has to be one above the lower one.
    this.wholeDigits = high == NO_DECIMAL ? max(DIGITS, wholeOfLow + 1) : decimals.wholeDigits(high);
    let fraction = max(DIGITS, max(ofLow, ofHigh) + 1);
    if (low != NO_DECIMAL && lowIsOpen) fraction = min(fraction, placesNear(decimals, low));
    if (high != NO_DECIMAL && highIsOpen) fraction = min(fraction, placesNear(decimals, high));
    this.fractionDigits = isWhole ? 0 : fraction;
  }

  make(): u32 {
    const automata = this.automata;
    if (max(this.wholeDigits, this.fractionDigits) > MOST_DIGITS) {
      return automata.fail(`bounds of numbers have less than ${MOST_DIGITS} digits before the point and behind it`);
    }
    const places = <usize>this.place(true, this.fractionDigits + 1, 0, 0) + this.wholeDigits * 18 + 18;
    this.states = allocate(places << 2);
    this.list = allocate(places << 2);
    if (this.states == 0 || this.list == 0) {
      release(this.states);
      release(this.list);
      return automata.fail('no memory is left for the bounds of numbers');
    }
    memory.fill(this.states, 0, places << 2);
    const start = automata.addState(false);
    const toLow = this.after(EQUAL, this.low, 0, 0);
    const toHigh = this.after(EQUAL, this.high, 0, 0);
    const zero = automata.addState(this.isWithin(1, 0, toLow, toHigh));
    automata.open(start);
    automata.addEdge(start, 0x30, 0x30, zero);
    this.digits(start, 1, false, 0, EQUAL, EQUAL);
    automata.open(zero);
    this.point(zero, 1, toLow, toHigh);
    for (let i: u32 = 0; i < this.listed && automata.spend(10); ++i) {
      const place = load<u32>(this.list + ((<usize>i) << 2));
      const state = load<u32>(this.states + ((<usize>place) << 2)) - 1;
      const isFraction = ((place / 9) & 1) != 0;
      const count = <i32>(place / 18);
      const low = <i32>(place % 3);
      const high = <i32>((place / 3) % 3);
      automata.open(state);
      if (!isFraction) this.point(state, count, low, high);
      const most = isFraction ? this.fractionDigits : this.wholeDigits;
      if (count < most) {
        this.digits(state, 0, isFraction, count, low, high);
      }
    }
    release(this.states);
    release(this.list);
    return automata.ok ? automata.finish(start) : NOTHING;
  }

  /** Number for the digits so far: how many, before or after the point, and how they compare with the bounds. */
  private place(isFraction: bool, count: i32, toLow: i32, toHigh: i32): u32 {
    return count * 18 + (isFraction ? 9 : 0) + toHigh * 3 + toLow;
  }

  /** The state of a place, a new one if it is. */
  private state(isFraction: bool, count: i32, toLow: i32, toHigh: i32): u32 {
    const place = this.place(isFraction, count, toLow, toHigh);
    const slot = this.states + ((<usize>place) << 2);
    if (load<u32>(slot) == 0) {
      const mayEnd = isFraction
        ? count > 0 && this.isWithin(-1, count, toLow, toHigh)
        : this.isWithin(count, 0, toLow, toHigh);
      store<u32>(slot, this.automata.addState(mayEnd) + 1);
      store<u32>(this.list + (usize(this.listed++) << 2), place);
    }
    return load<u32>(slot) - 1;
  }

  /** Edges for the digits from `least` on that follow `count` others. */
  private digits(state: u32, least: u32, isFraction: bool, count: i32, toLow: i32, toHigh: i32): void {
    for (let digit = least; digit < 10; ++digit) {
      const low = this.after(toLow, this.low, isFraction ? this.wholeOf(this.low) + count : count, digit);
      const high = this.after(toHigh, this.high, isFraction ? this.wholeOf(this.high) + count : count, digit);
      this.automata.addEdge(state, 0x30 + digit, 0x30 + digit, this.state(isFraction, count + 1, low, high));
    }
  }

  /** The edge for the point behind `count` digits. */
  private point(state: u32, count: i32, toLow: i32, toHigh: i32): void {
    if (this.fractionDigits == 0) return;
    const low = this.resolved(toLow, this.low, count);
    const high = this.resolved(toHigh, this.high, count);
    this.automata.addEdge(state, 0x2e, 0x2e, this.state(true, 0, low, high));
  }

  private wholeOf(bound: u32): i32 {
    return bound == NO_DECIMAL ? 0 : this.decimals.wholeDigits(bound);
  }

  /** How the digits compare with a bound's after `digit`, which is `place` places after the first. */
  private after(before: i32, bound: u32, place: i32, digit: u32): i32 {
    if (before != EQUAL || bound == NO_DECIMAL) return before;
    const other = this.decimals.digit(bound, place);
    return digit < other ? LESS : digit > other ? GREATER : EQUAL;
  }

  /** How a number of so many digits before the point compares with a bound, as far as they tell. */
  private resolved(compared: i32, bound: u32, count: i32): i32 {
    const digits = this.wholeOf(bound);
    return bound == NO_DECIMAL || count == digits ? compared : count < digits ? LESS : GREATER;
  }

  /** Whether a number is between the bounds; `whole` < 0 if it is known how its digits before the point compare. */
  private isWithin(whole: i32, fraction: i32, toLow: i32, toHigh: i32): bool {
    const low = this.ended(whole < 0 ? toLow : this.resolved(toLow, this.low, whole), this.low, fraction);
    const high = this.ended(whole < 0 ? toHigh : this.resolved(toHigh, this.high, whole), this.high, fraction);
    const isAbove = this.low == NO_DECIMAL || low == GREATER || (low == EQUAL && !this.lowIsOpen);
    return isAbove && (this.high == NO_DECIMAL || high == LESS || (high == EQUAL && !this.highIsOpen));
  }

  /** How a number compares that ends after so many digits behind the point. */
  private ended(compared: i32, bound: u32, fraction: i32): i32 {
    if (compared != EQUAL || bound == NO_DECIMAL) return compared;
    return this.decimals.fractionDigits(bound) > fraction ? LESS : EQUAL;
  }
}
