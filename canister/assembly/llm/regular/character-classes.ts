import { heapify, sortHeap } from '../sampling/selection';
import { Table } from '../../memory/table';

/** Ranges of all classes together. */
const MAX_RANGES: u32 = 1 << 17;

const LAST_POINT: u32 = 0x10ffff;
/** [ low half | high half of the bits of ASCII | first range | ranges ] */
const CLASS_BYTES: u32 = 24;
const RANGES_FIRST: usize = 16;
const RANGES_COUNT: usize = 20;
/** [ first: u32 | last: u32 ], as one u64 with the first in the upper half. */
const RANGE_BYTES: u32 = 8;

/** How a range of code points relates to a class. */
export const NONE: i32 = 0;
const SOME: i32 = 1;
export const ALL: i32 = 2;

/**
 * Classes of characters as sorted, disjoint ranges of code points.
 *
 *     classes [ ASCII members, a bit each: u64 * 2 | first range: u32 | ranges: u32 ] * n
 *     ranges  [ last: u32 | first: u32 ] * n
 */
@final
export class CharacterClasses {
  private readonly classes: Table = new Table(CLASS_BYTES, MAX_RANGES);
  private readonly ranges: Table = new Table(RANGE_BYTES, MAX_RANGES);
  /** The first range of the class that is being made. */
  private start: u32 = 0;

  begin(): void {
    this.start = this.ranges.count;
  }

  /** Adds a range to the class that is being made; none if `last` < `first`. False if there is no room. */
  add(first: u32, last: u32): bool {
    if (last < first || first > LAST_POINT) return true;
    const at = this.ranges.append(1);
    if (at < 0) return false;
    store<u64>(this.ranges.row(at), ((<u64>first) << 32) | min(last, LAST_POINT));
    return true;
  }

  /** Ends the class, or all other characters if `negated`. Its number, or -1 if there is no room. */
  end(negated: bool): i32 {
    this.merge();
    if (negated && !this.complement()) return -1;
    const number = this.classes.append(1);
    if (number < 0) return -1;
    const row = this.classes.row(number);
    store<u32>(row, this.start, RANGES_FIRST);
    store<u32>(row, this.ranges.count - this.start, RANGES_COUNT);
    store<u64>(row, 0);
    store<u64>(row, 0, 8);
    for (let point: u32 = 0; point < 128; ++point) {
      if (!this.search(row, point)) continue;
      const word = row + ((point >> 6) << 3);
      store<u64>(word, load<u64>(word) | ((<u64>1) << (point & 63)));
    }
    return number;
  }

  /** Sorts the ranges of the class that is being made and joins those that touch. */
  private merge(): void {
    const count = this.ranges.count - this.start;
    if (count == 0) return;
    const ranges = this.ranges.row(this.start);
    heapify(ranges, count);
    sortHeap(ranges, count);
    reverse(ranges, count);
    let last = ranges;
    for (let at = ranges + 8; at < ranges + ((<usize>count) << 3); at += 8) {
      if (load<u32>(at, 4) <= load<u32>(last) + 1) {
        store<u32>(last, max(load<u32>(last), load<u32>(at)));
      } else {
        last += 8;
        store<u64>(last, load<u64>(at));
      }
    }
    this.ranges.count = this.start + <u32>((last - ranges) >> 3) + 1;
  }

  private complement(): bool {
    let next: u32 = 0;
    const count = this.ranges.count - this.start;
    for (let i: u32 = 0; i < count; ++i) {
      const row = this.ranges.row(this.start + i);
      const first = load<u32>(row, 4);
      const last = load<u32>(row);
      // In place: the gap before a range replaces the range before it, so the first gap is kept for the end.
      store<u64>(row, first > next ? ((<u64>next) << 32) | (first - 1) : EMPTY);
      next = last + 1;
    }
    if (next <= LAST_POINT && !this.add(next, LAST_POINT)) return false;
    return this.dropEmpty();
  }

  private dropEmpty(): bool {
    let kept = this.start;
    for (let i = this.start; i < this.ranges.count; ++i) {
      const range = load<u64>(this.ranges.row(i));
      if (range == EMPTY) continue;
      store<u64>(this.ranges.row(kept++), range);
    }
    this.ranges.count = kept;
    return true;
  }

  /** Ranges of a class, in ascending order. */
  rangeCount(number: u32): u32 {
    return load<u32>(this.classes.row(number), RANGES_COUNT);
  }

  /** The first code point of a range of a class, 0 <= index < rangeCount. */
  firstOf(number: u32, index: u32): u32 {
    return load<u32>(this.ranges.row(load<u32>(this.classes.row(number), RANGES_FIRST) + index), 4);
  }

  /** The last code point of a range of a class. */
  lastOf(number: u32, index: u32): u32 {
    return load<u32>(this.ranges.row(load<u32>(this.classes.row(number), RANGES_FIRST) + index));
  }

  /** Whether a class has a character. */
  has(number: u32, point: u32): bool {
    const row = this.classes.row(number);
    if (point < 128) return ((load<u64>(row + ((point >> 6) << 3)) >> (point & 63)) & 1) != 0;
    return this.search(row, point);
  }

  private search(row: usize, point: u32): bool {
    const at = this.reaching(row, point);
    return at != 0 && load<u32>(at, 4) <= point;
  }

  /** The first range that does not end before `point`; 0 if there is none. */
  private reaching(row: usize, point: u32): usize {
    const start = load<u32>(row, RANGES_FIRST);
    const count = load<u32>(row, RANGES_COUNT);
    let low: u32 = 0;
    let high = count;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (load<u32>(this.ranges.row(start + middle)) < point) low = middle + 1;
      else high = middle;
    }
    return low < count ? this.ranges.row(start + low) : 0;
  }

  /** Whether a class has NONE, SOME or ALL of the code points `first` to `last`. */
  overlap(number: u32, first: u32, last: u32): i32 {
    const at = this.reaching(this.classes.row(number), first);
    if (at == 0 || load<u32>(at, 4) > last) return NONE;
    return load<u32>(at, 4) <= first && load<u32>(at) >= last ? ALL : SOME;
  }

  dispose(): void {
    this.classes.dispose();
    this.ranges.dispose();
  }
}

/** A range that ends before it begins. */
const EMPTY: u64 = (<u64>1) << 32;

function reverse(ptr: usize, count: u32): void {
  let low = ptr;
  let high = ptr + ((<usize>(count - 1)) << 3);
  for (; low < high; low += 8, high -= 8) {
    const range = load<u64>(low);
    store<u64>(low, load<u64>(high));
    store<u64>(high, range);
  }
}
