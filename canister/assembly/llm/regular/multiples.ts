import { allocate, release } from '../../memory/heap';
import { HashIndex, mix } from '../../memory/hash-index';
import { Automata, NOTHING } from './automata';
import { Decimals } from './decimals';

/** The greatest supported `multipleOf`, without its decimal point. */
const MOST_STEP: u32 = 10_000;
/** Places behind the point of it. */
const MOST_PLACES: u32 = 9;

/**
 * The automaton of the decimal numbers, [-] digits [. digits], that are multiples of another: it keeps the remainder.
 * NOTHING with a problem if it would be too large.
 */
export function ofMultiples(automata: Automata, decimals: Decimals, step: u32): u32 {
  const places = decimals.fractionDigits(step);
  const digits = decimals.wholeDigits(step) + places;
  let divisor: u64 = 0;
  for (let i = 0; i < min(digits, 20); ++i) divisor = divisor * 10 + decimals.digit(step, i);
  if (decimals.isZero(step) || decimals.isNegative(step)) return automata.fail('multipleOf is not above 0');
  if (digits > 18 || divisor > MOST_STEP || <u32>places > MOST_PLACES) {
    return automata.fail(`multipleOf is supported up to ${MOST_STEP}, and with as many places as such a number has`);
  }
  return new Remainders(automata, <u32>divisor, places).make();
}

/** States are remainders; those that tell the same numbers apart are one (Moore 1956). */
@final
class Remainders {
  /** Class of each remainder and a new one, [ u32 ] * divisor each, and a remainder of each class. */
  private classes: usize = 0;
  private refined: usize = 0;
  private examples: usize = 0;

  constructor(
    private readonly automata: Automata,
    private readonly divisor: u32,
    private readonly places: u32,
  ) {}

  make(): u32 {
    const automata = this.automata;
    const bytes = (<usize>this.divisor) << 2;
    this.classes = allocate(3 * bytes);
    if (this.classes == 0) return automata.fail('no memory is left for multipleOf');
    this.refined = this.classes + bytes;
    this.examples = this.refined + bytes;
    const count = this.refine();
    // The first digit, or a sign before it; then the whole part, and behind the point the remainders at each place.
    const start = automata.addState(false);
    const signed = automata.addState(false);
    const first = automata.count;
    for (let i: u32 = 0; i < count; ++i) {
      automata.addState(this.isMultiple(load<u32>(this.examples + ((<usize>i) << 2)), this.places));
    }
    const fractions = automata.count;
    for (let place: u32 = 0; place <= this.places && this.places > 0; ++place) {
      for (let i: u32 = 0; i < this.divisor; ++i) {
        automata.addState(place > 0 && this.isMultiple(i, this.places - place));
      }
    }
    automata.open(start);
    automata.addEdge(start, 0x2d, 0x2d, signed);
    this.digits(start, 0, first);
    automata.open(signed);
    this.digits(signed, 0, first);
    for (let i: u32 = 0; i < count && automata.spend(10); ++i) {
      const remainder = load<u32>(this.examples + ((<usize>i) << 2));
      automata.open(first + i);
      if (this.places > 0) automata.addEdge(first + i, 0x2e, 0x2e, fractions + remainder);
      this.digits(first + i, remainder, first);
    }
    for (let place: u32 = 0; place <= this.places && this.places > 0; ++place) this.fractions(fractions, place);
    release(this.classes);
    return automata.ok ? automata.finish(start) : NOTHING;
  }

  /** Whether `remainder` followed by so many zeros is a multiple. */
  private isMultiple(remainder: u32, zeros: u32): bool {
    let value: u64 = remainder;
    for (let i: u32 = 0; i < zeros; ++i) value = (value * 10) % this.divisor;
    return value % this.divisor == 0;
  }

  private classOf(remainder: u32): u32 {
    return load<u32>(this.classes + ((<usize>remainder) << 2));
  }

  private after(remainder: u32, digit: u32): u32 {
    return (remainder * 10 + digit) % this.divisor;
  }

  /** Makes the classes of remainders; how many there are. Behind a point all remainders are told apart. */
  private refine(): u32 {
    let count: u32 = 0;
    for (let i: u32 = 0; i < this.divisor; ++i) {
      store<u32>(this.classes + ((<usize>i) << 2), this.places > 0 ? i : u32(!this.isMultiple(i, 0)));
    }
    for (let before: u32 = 0; this.automata.spend(this.divisor); before = count) {
      const index = new HashIndex();
      count = 0;
      for (let i: u32 = 0; i < this.divisor; ++i) {
        let hash: u64 = this.classOf(i);
        for (let digit: u32 = 0; digit < 10; ++digit) hash = mix(hash, this.classOf(this.after(i, digit)));
        let found = index.find(hash);
        if (found < 0) {
          found = count;
          store<u32>(this.examples + (usize(count++) << 2), i);
          if (!index.insert(hash, found)) this.automata.fail('no memory is left for multipleOf');
        }
        store<u32>(this.refined + ((<usize>i) << 2), found);
      }
      memory.copy(this.classes, this.refined, (<usize>this.divisor) << 2);
      index.dispose();
      if (count == before) break;
    }
    return count;
  }

  private digits(state: u32, remainder: u32, first: u32): void {
    for (let digit: u32 = 0; digit < 10; ++digit) {
      this.automata.addEdge(state, 0x30 + digit, 0x30 + digit, first + this.classOf(this.after(remainder, digit)));
    }
  }

  /** Edges of the states at one place behind the point; behind the last place only zeros follow. */
  private fractions(fractions: u32, place: u32): void {
    const automata = this.automata;
    for (let i: u32 = 0; i < this.divisor && automata.spend(10); ++i) {
      const state = fractions + place * this.divisor + i;
      automata.open(state);
      if (place == this.places) {
        automata.addEdge(state, 0x30, 0x30, state);
        continue;
      }
      for (let digit: u32 = 0; digit < 10; ++digit) {
        const target = fractions + (place + 1) * this.divisor + this.after(i, digit);
        automata.addEdge(state, 0x30 + digit, 0x30 + digit, target);
      }
    }
  }
}
