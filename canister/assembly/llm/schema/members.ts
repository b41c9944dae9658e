import { allocate, release } from '../../memory/heap';
import { Table } from '../../memory/table';
import { Conversion } from './conversion';

/** States of a list of members: how far it has got, and how many are there. */
const MAX_STATES: i64 = 1 << 16;

/** No rule. */
const NO_RULE: u32 = u32.MAX_VALUE;

/**
 * Writes lists of members in a fixed order, each once or, if it is optional, not at all; others may follow, in any
 * number. Objects and arrays of different items are lists of members.
 *
 *     members [ rule: u32 | is required: u32 ] * n
 */
@final
export class Members {
  private readonly members: Table = new Table(8, 1 << 20);
  /** Rule of the members that may follow, NO_RULE if none may. */
  extra: u32 = NO_RULE;
  /** Members at least, and at most, or without bound if negative. */
  least: i64 = 0;
  most: i64 = -1;

  private cap: i64 = 1;
  /** Rules of the states: [ rule + 1: u32 ] * (members + 1) * (cap + 1) */
  private states: usize = 0;

  constructor(private readonly to: Conversion) {}

  add(rule: u32, isRequired: bool): void {
    const at = this.members.append(1);
    if (at < 0) return this.to.fail(0, 'no memory is left for its members');
    store<u32>(this.members.row(at), rule);
    store<u32>(this.members.row(at), u32(isRequired), 4);
  }

  get count(): u32 {
    return this.members.count;
  }

  private isRequired(index: u32): bool {
    return load<u32>(this.members.row(index), 4) != 0;
  }

  /** Writes the list, in its brackets, as an alternative of a rule. */
  write(open: string, close: string, rule: u32, schema: u32): void {
    const to = this.to;
    const count = <i64>this.members.count;
    const isBounded = this.most >= 0 && (this.most < count || this.extra != NO_RULE);
    if (!isBounded && this.extra == NO_RULE) this.most = -1;
    // Members are counted as far as it matters; whether there is any always does.
    this.cap = isBounded ? min(count, this.most) : min(count, max<i64>(1, this.least));
    const states = (count + 1) * (this.cap + 1);
    if (states > MAX_STATES) return to.fail(schema, 'so many members cannot be counted');
    this.states = allocate((<usize>states) << 2);
    if (this.states == 0) return to.fail(schema, 'no memory is left for its members');
    memory.fill(this.states, 0, (<usize>states) << 2);
    const writer = to.writer;
    const base = writer.base;
    writer.text(open);
    writer.rule(to.primitives.space);
    writer.rule(this.state(0, 0));
    writer.text(close);
    writer.rule(to.primitives.space);
    writer.give(rule, base);
    // States lead to later members or to more of them only, so in this order each is met before it is written.
    for (let i: u32 = 0; i <= this.members.count && to.ok && writer.ok; ++i) {
      for (let there: i64 = 0; there <= this.cap; ++there) this.writeState(i, there);
    }
    release(this.states);
  }

  dispose(): void {
    this.members.dispose();
  }

  private slot(index: u32, there: i64): usize {
    return this.states + ((<usize>(<i64>index * (this.cap + 1) + there)) << 2);
  }

  private state(index: u32, there: i64): u32 {
    const slot = this.slot(index, there);
    if (load<u32>(slot) == 0) store<u32>(slot, this.to.writer.newRule() + 1);
    return load<u32>(slot) - 1;
  }

  private writeState(index: u32, there: i64): void {
    if (load<u32>(this.slot(index, there)) == 0) return;
    const rule = this.state(index, there);
    if (index == this.members.count) return this.writeEnd(rule, there);
    const writer = this.to.writer;
    if (this.most < 0 || there < this.most) {
      const base = writer.base;
      this.comma(there);
      writer.rule(load<u32>(this.members.row(index)));
      writer.rule(this.state(index + 1, min(there + 1, this.cap)));
      writer.give(rule, base);
    }
    if (this.isRequired(index)) return;
    const base = writer.base;
    writer.rule(this.state(index + 1, there));
    writer.give(rule, base);
  }

  private comma(there: i64): void {
    if (there == 0) return;
    this.to.writer.text(',');
    this.to.writer.rule(this.to.primitives.space);
  }

  /**
   * Writes the end after the named members. The others may all be the same one, written several times, so together they
   * count as one towards the least number.
   */
  private writeEnd(rule: u32, there: i64): void {
    const writer = this.to.writer;
    if (there >= this.least) writer.give(rule, writer.base);
    if (this.extra == NO_RULE || this.least - there > 1 || (this.most >= 0 && there >= this.most)) return;
    const next = writer.newRule();
    let base = writer.base;
    writer.text(',');
    writer.rule(this.to.primitives.space);
    writer.rule(this.extra);
    writer.give(next, base);
    base = writer.base;
    this.comma(there);
    writer.rule(this.extra);
    writer.repeated(next, 0, this.most < 0 ? -1 : this.most - there - 1);
    writer.give(rule, base);
  }
}
