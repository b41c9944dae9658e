import { HashIndex, mix } from '../../memory/hash-index';
import { BOOLEAN, NOWHERE, NUMBER, STRING } from '../../json/document';
import { NOTHING } from '../regular/automata';
import { NO_DECIMAL } from '../regular/decimals';
import { ofMultiples } from '../regular/multiples';
import { ofRange } from '../regular/number-range';
import { AutomatonRules } from './automaton-rules';
import { Conversion } from './conversion';
import { greatestOfFormat, leastOfFormat, numberFormatOf } from './formats';
import { EXCLUSIVE_MAXIMUM, EXCLUSIVE_MINIMUM, FORMAT, MAXIMUM, MINIMUM, MULTIPLE_OF, nameOfWord } from './keywords';

/** A bound of this magnitude or more has no effect: all numbers that are written are smaller. */
const BEYOND: i32 = 308;

/** A part's limits for numbers. */
@final
export class NumberLimits {
  low: u32 = NO_DECIMAL;
  lowIsOpen: bool = false;
  high: u32 = NO_DECIMAL;
  highIsOpen: bool = false;
  /** The required factors of numbers: decimals, each once. */
  readonly steps: u32[] = [];
  isWhole: bool;

  constructor(
    private readonly to: Conversion,
    part: u32,
    isWhole: bool,
  ) {
    this.isWhole = isWhole;
    for (let i: u32 = 0; i < to.count(part) && to.ok; ++i) {
      this.addBound(to.member(part, i, MINIMUM), to.member(part, i, EXCLUSIVE_MINIMUM), true);
      this.addBound(to.member(part, i, MAXIMUM), to.member(part, i, EXCLUSIVE_MAXIMUM), false);
      const step = to.member(part, i, MULTIPLE_OF);
      if (step != NOWHERE) this.addStep(this.number(step));
      this.addFormat(to.member(part, i, FORMAT));
    }
  }

  private number(node: u32): u32 {
    const to = this.to;
    if (to.document.kind(node) == NUMBER) {
      const number = to.number(node);
      if (number == NO_DECIMAL) to.fail(to.document.parent(node), 'no memory is left for its numbers');
      return number;
    }
    to.fail(to.document.parent(node), `${nameOfWord(to.document.word(node))} is no number`);
    return NO_DECIMAL;
  }

  /** Adds the bounds of one side; an exclusive one that is true or false is about the other, as in OpenAPI 3.0. */
  private addBound(within: u32, beyond: u32, isLow: bool): void {
    const isFlag = beyond != NOWHERE && this.to.document.kind(beyond) == BOOLEAN;
    if (within != NOWHERE) this.narrow(this.number(within), isFlag && this.to.document.isTrue(beyond), isLow);
    if (beyond != NOWHERE && !isFlag) this.narrow(this.number(beyond), true, isLow);
  }

  private narrow(bound: u32, isOpen: bool, isLow: bool): void {
    if (!this.to.ok) return;
    const before = isLow ? this.low : this.high;
    let order = before == NO_DECIMAL ? 1 : this.to.decimals.compare(bound, before);
    if (before != NO_DECIMAL && !isLow) order = -order;
    if (order < 0) return;
    if (isLow) {
      this.lowIsOpen = isOpen || (order == 0 && this.lowIsOpen);
      this.low = bound;
    } else {
      this.highIsOpen = isOpen || (order == 0 && this.highIsOpen);
      this.high = bound;
    }
  }

  private addStep(step: u32): void {
    if (this.to.ok && !this.steps.includes(step)) this.steps.push(step);
  }

  private addFormat(node: u32): void {
    const document = this.to.document;
    if (node == NOWHERE || document.kind(node) != STRING) return;
    const place = numberFormatOf(document.shown(document.text(node), document.length(node)));
    if (place < 0 || leastOfFormat(place).length == 0) return;
    this.isWhole = true;
    this.narrow(this.to.decimals.ofString(leastOfFormat(place)), false, true);
    this.narrow(this.to.decimals.ofString(greatestOfFormat(place)), false, false);
  }

  get isEmpty(): bool {
    if (this.low == NO_DECIMAL || this.high == NO_DECIMAL) return false;
    const order = this.to.decimals.compare(this.low, this.high);
    return order > 0 || (order == 0 && (this.lowIsOpen || this.highIsOpen));
  }

  /** Whether all of these numbers are less than all of others. */
  isBelow(other: NumberLimits): bool {
    if (this.high == NO_DECIMAL || other.low == NO_DECIMAL) return false;
    const order = this.to.decimals.compare(this.high, other.low);
    return order < 0 || (order == 0 && (this.highIsOpen || other.lowIsOpen));
  }

  /** Whether a number is within the bounds. */
  allows(number: u32): bool {
    const decimals = this.to.decimals;
    if (this.isWhole && !decimals.isWhole(number)) return false;
    if (this.low != NO_DECIMAL) {
      const order = decimals.compare(number, this.low);
      if (order < 0 || (order == 0 && this.lowIsOpen)) return false;
    }
    if (this.high == NO_DECIMAL) return true;
    const order = decimals.compare(number, this.high);
    return order < 0 || (order == 0 && !this.highIsOpen);
  }

  /** Forgets bounds that no number comes near. */
  dropFar(): void {
    const decimals = this.to.decimals;
    if (this.low != NO_DECIMAL && decimals.isNegative(this.low) && decimals.exponent(this.low) > BEYOND) {
      this.low = NO_DECIMAL;
    }
    if (this.high != NO_DECIMAL && !decimals.isNegative(this.high) && decimals.exponent(this.high) > BEYOND) {
      this.high = NO_DECIMAL;
    }
  }

  get hash(): u64 {
    let hash = mix(mix(mix(0, this.low), this.high), u64(this.lowIsOpen) | (u64(this.highIsOpen) << 1));
    for (let i = 0; i < this.steps.length; ++i) hash = mix(hash, this.steps[i]);
    return mix(hash, u64(this.isWhole));
  }
}

/** Writes the numbers that parts allow. */
@final
export class NumberRules {
  /** Finished automata, by their limits. */
  private readonly index: HashIndex = new HashIndex();

  constructor(
    private readonly to: Conversion,
    private readonly rules: AutomatonRules,
  ) {}

  /** Writes the numbers that a part allows as an alternative of a rule. */
  write(part: u32, isWhole: bool, rule: u32): void {
    const to = this.to;
    const limits = new NumberLimits(to, part, isWhole);
    if (!to.ok) return;
    if (limits.isEmpty) return to.contradict(to.place(part), 'no number is between the bounds');
    limits.dropFar();
    const writer = to.writer;
    const base = writer.base;
    const noBounds = limits.high == NO_DECIMAL && limits.steps.length == 0;
    const fromZero = limits.low != NO_DECIMAL && to.decimals.isZero(limits.low) && !limits.lowIsOpen;
    if (noBounds && limits.low == NO_DECIMAL) {
      writer.rule(limits.isWhole ? to.primitives.integer : to.primitives.number);
    } else if (noBounds && fromZero && !limits.isWhole) {
      writer.rule(to.primitives.nonNegative);
    } else {
      const automaton = this.automaton(limits, part);
      if (automaton == NOTHING) {
        to.check(to.place(part));
        const what =
          limits.steps.length > 0
            ? 'no number is a multiple of multipleOf'
            : `no ${limits.isWhole ? 'integer' : 'number'} is`;
        return to.contradict(to.place(part), `${what} between the bounds`);
      }
      writer.rule(this.rules.of(automaton, false));
      writer.rule(to.primitives.space);
    }
    writer.give(rule, base);
  }

  private automaton(limits: NumberLimits, part: u32): u32 {
    const to = this.to;
    const known = this.index.find(limits.hash);
    if (known >= 0) return known;
    let automaton = ofRange(
      to.automata,
      to.decimals,
      limits.low,
      limits.lowIsOpen,
      limits.high,
      limits.highIsOpen,
      limits.isWhole,
    );
    for (let i = 0; i < limits.steps.length && automaton != NOTHING; ++i) {
      const multiples = ofMultiples(to.automata, to.decimals, limits.steps[i]);
      automaton = multiples == NOTHING ? NOTHING : to.patterns.both(automaton, multiples);
    }
    if (automaton != NOTHING && !this.index.insert(limits.hash, automaton)) {
      to.fail(to.place(part), 'no memory is left for its numbers');
    }
    return automaton;
  }

  dispose(): void {
    this.index.dispose();
  }
}
