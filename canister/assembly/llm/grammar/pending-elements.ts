import { MAX_ELEMENTS } from './limits';
import { RULE, Rules } from './rules';
import { Table } from '../../memory/table';

/** Repetitions without bound. */
export const UNBOUNDED: u32 = u32.MAX_VALUE;

/**
 * Elements of the sequences that are being read, those of the innermost last, until they become an alternative of a rule.
 * Repetitions, which rules do not have, are written out here.
 *
 *     elements     [ kind: u32 | value: u32 ] * n, as rules.ts has them
 *
 * Every method that adds says whether there was room.
 */
@final
export class PendingElements {
  private readonly elements: Table = new Table(8, MAX_ELEMENTS);

  constructor(private readonly rules: Rules) {}

  get count(): u32 {
    return this.elements.count;
  }

  push(kind: u32, value: u32): bool {
    const at = this.elements.append(1);
    if (at < 0) return false;
    store<u32>(this.elements.row(at), kind);
    store<u32>(this.elements.row(at), value, 4);
    return true;
  }

  /** Gives a rule the elements from `first` on as another alternative, and drops them. */
  moveTo(rule: u32, first: u32): bool {
    const isThere = this.rules.addAlternative(rule, this.elements.row(first), this.count - first);
    this.elements.count = first;
    return isThere;
  }

  /**
   * Repeats the elements from `item` on, one at least:
   *
   *     S{m,}   S ... S R, where R is S R or nothing
   *     S{m,n}  S ... S R1, where R1 is S R2 or nothing, and so on n - m times
   */
  repeat(item: u32, least: u32, most: u32): bool {
    if (this.count - item > 1 && !this.group(item)) return false;
    const kind = load<u32>(this.elements.row(item));
    const value = load<u32>(this.elements.row(item), 4);
    this.elements.count = item;
    for (let i: u32 = 0; i < least; ++i) if (!this.push(kind, value)) return false;
    if (most == UNBOUNDED) {
      const rule = this.rules.addRule();
      return rule >= 0 && this.addOptional(rule, kind, value, rule) && this.push(RULE, rule);
    }
    let last: i32 = -1;
    for (let i = least; i < most; ++i) {
      const rule = this.rules.addRule();
      if (rule < 0 || !this.addOptional(rule, kind, value, last)) return false;
      last = rule;
    }
    return last < 0 || this.push(RULE, last);
  }

  /** Makes one rule of the elements from `item` on. */
  private group(item: u32): bool {
    const rule = this.rules.addRule();
    return rule >= 0 && this.moveTo(rule, item) && this.push(RULE, rule);
  }

  /** Makes a rule an element and then `next`, if that is none negative, or nothing. */
  private addOptional(rule: u32, kind: u32, value: u32, next: i32): bool {
    const base = this.count;
    if (!this.push(kind, value) || (next >= 0 && !this.push(RULE, next))) return false;
    return this.moveTo(rule, base) && this.rules.addAlternative(rule, 0, 0);
  }

  dispose(): void {
    this.elements.dispose();
  }
}
