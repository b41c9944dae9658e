import { Problem } from '../../problem';
import { HashIndex, mix } from '../../memory/hash-index';
import { Table } from '../../memory/table';
import { MAX_ELEMENTS } from './limits';
import { PendingElements } from './pending-elements';
import { CHARACTER, RULE, Rules } from './rules';

/** Unbounded repetitions. */
export const UNBOUNDED: i64 = -1;
/** Base of the digits in which a count is written as rules, so that large counts need few rules. */
const BASE: i64 = 256;

const EXACTLY: u64 = 1;
const AT_MOST: u64 = 2;
const ANY_NUMBER: u64 = 3;

/**
 * Writes rules piece by piece. Elements are collected until `give` makes them an alternative of a rule; while one
 * sequence is being collected, others can be started and given: they nest.
 */
@final
export class RuleWriter {
  /** Why no more rules can be written, or null. */
  problem: Problem | null = null;
  private readonly pending: PendingElements;
  /**
   * Rules that repeat others, by the repeated rule and the count: [ kind: u64 | rule: u64 | count: u64 | made: u64 ] *
   * n
   */
  private readonly repeats: Table = new Table(32, MAX_ELEMENTS);
  private readonly index: HashIndex = new HashIndex();

  constructor(readonly rules: Rules) {
    this.pending = new PendingElements(rules);
  }

  get ok(): bool {
    return this.problem === null;
  }

  private fail(): void {
    if (this.ok) this.problem = new Problem(`it makes a grammar of more than ${MAX_ELEMENTS} elements`);
  }

  /** A new rule without alternatives. */
  newRule(): u32 {
    const rule = this.rules.addRule();
    if (rule >= 0) return rule;
    this.fail();
    return 0;
  }

  /** Where the next sequence begins. */
  get base(): u32 {
    return this.pending.count;
  }

  element(kind: u32, value: u32): void {
    if (!this.pending.push(kind, value)) this.fail();
  }

  rule(rule: u32): void {
    this.element(RULE, rule);
  }

  point(point: u32): void {
    this.element(CHARACTER, point);
  }

  /** A text of ASCII. */
  text(text: string): void {
    for (let i = 0; i < text.length; ++i) this.point(text.charCodeAt(i));
  }

  /** Makes the elements since `base` an alternative of a rule. */
  give(rule: u32, base: u32): void {
    if (this.ok && !this.pending.moveTo(rule, base)) this.fail();
  }

  /** Writes a rule `least` to `most` times in a row. */
  repeated(rule: u32, least: i64, most: i64): void {
    if (least > 0) this.rule(this.exactly(rule, least));
    if (most == UNBOUNDED) this.rule(this.anyNumber(rule));
    else if (most > least) this.rule(this.atMost(rule, most - least));
  }

  private made(kind: u64, rule: u32, count: i64): i32 {
    const hash = mix(mix(kind, rule), count);
    for (let at = this.index.find(hash); at >= 0; at = this.index.next()) {
      const row = this.repeats.row(at);
      if (load<u64>(row) == kind && load<u64>(row, 8) == rule && load<u64>(row, 16) == <u64>count) {
        return <i32>load<u64>(row, 24);
      }
    }
    return -1;
  }

  /** Makes a rule that repeats another, and remembers it. */
  private make(kind: u64, rule: u32, count: i64): u32 {
    const made = this.newRule();
    const at = this.repeats.append(1);
    if (at < 0 || !this.index.insert(mix(mix(kind, rule), count), at)) {
      this.fail();
      return made;
    }
    const row = this.repeats.row(at);
    store<u64>(row, kind);
    store<u64>(row, rule, 8);
    store<u64>(row, count, 16);
    store<u64>(row, made, 24);
    return made;
  }

  /** R R ... R, in halves. */
  private exactly(rule: u32, count: i64): u32 {
    if (count == 1) return rule;
    const known = this.made(EXACTLY, rule, count);
    if (known >= 0) return known;
    const half = this.exactly(rule, count >> 1);
    const made = this.make(EXACTLY, rule, count);
    const base = this.base;
    this.rule(half);
    this.rule(half);
    if ((count & 1) != 0) this.rule(rule);
    this.give(made, base);
    return made;
  }

  /** M ::= R M | nothing */
  private anyNumber(rule: u32): u32 {
    const known = this.made(ANY_NUMBER, rule, 0);
    if (known >= 0) return known;
    const made = this.make(ANY_NUMBER, rule, 0);
    const base = this.base;
    this.rule(rule);
    this.rule(made);
    this.give(made, base);
    this.give(made, this.base);
    return made;
  }

  /**
   * M(n) ::= R M(n - 1) | nothing; if that would be many rules, a block at a time: M(n) ::= block M(n - block) |
   * M(block - 1). Equal repetitions share their rules.
   */
  private atMost(rule: u32, count: i64): u32 {
    const known = this.made(AT_MOST, rule, count);
    if (known >= 0) return known;
    let block: i64 = 1;
    while (block * BASE <= count) block *= BASE;
    const repeated = this.exactly(rule, block);
    // M(0) is empty, and M(block - 1) is the other alternative, which includes M(0).
    const otherwise = block == 1 ? -1 : <i32>this.atMost(rule, block - 1);
    let last: i32 = count % block == 0 ? -1 : <i32>this.atMost(rule, count % block);
    for (let n = (count % block) + block; n <= count && this.ok; n += block) {
      const there = this.made(AT_MOST, rule, n);
      if (there >= 0) {
        last = there;
        continue;
      }
      const made = this.make(AT_MOST, rule, n);
      let base = this.base;
      this.rule(repeated);
      if (last >= 0) this.rule(last);
      this.give(made, base);
      base = this.base;
      if (otherwise >= 0) this.rule(otherwise);
      this.give(made, base);
      last = made;
    }
    return last < 0 ? 0 : last;
  }

  dispose(): void {
    this.pending.dispose();
    this.repeats.dispose();
    this.index.dispose();
  }
}
