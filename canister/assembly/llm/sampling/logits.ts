import { Extent } from '../extent';
import { Best } from './best';
import { keyOf } from './candidate-key';
import { BLOCK, BLOCK_BYTES, Peaks } from './peaks';

/**
 * The model's scores for a whole vocabulary, [ f32 ] * size, read in place. NaN and -infinity are no candidates, nor is
 * anything that is not above `floor`.
 */
export class Logits {
  ptr: usize = 0;
  size: u32 = 0;
  /** Candidates are above this, exclusively. */
  floor: f32 = -Infinity;
  /** Edits in the order they were made: [ id: u32 | what was there: f32 ] * edits */
  private readonly log: Extent = new Extent();
  private edits: u32 = 0;
  private readonly measured: Peaks = new Peaks();
  /** Whether `measured` is of the logits as they are. */
  private isMeasured: bool = false;
  /** The greatest logit, once measured, whether above the floor or not. */
  private top: f32 = -Infinity;

  /** Begins with `size` logits, of which at most `edits` may be edited. False if memory is short. */
  begin(ptr: usize, size: u32, edits: u32): bool {
    this.ptr = ptr;
    this.size = size;
    this.floor = -Infinity;
    this.edits = 0;
    this.isMeasured = false;
    return this.measured.begin(ptr, size) && (edits == 0 || this.log.reserve(<usize>edits * 8));
  }

  dispose(): void {
    this.log.release();
    this.measured.dispose();
  }

  at(id: u32): f32 {
    return load<f32>(this.ptr + ((<usize>id) << 2));
  }

  /** Replaces a logit until `restore`. */
  edit(id: u32, value: f32): void {
    const entry = this.log.ptr + usize(this.edits++) * 8;
    store<u32>(entry, id);
    store<f32>(entry, this.at(id), 4);
    store<f32>(this.ptr + ((<usize>id) << 2), value);
    this.isMeasured = false;
  }

  /** Takes back all edits. */
  restore(): void {
    this.isMeasured = this.isMeasured && this.edits == 0;
    while (this.edits > 0) {
      const entry = this.log.ptr + usize(--this.edits) * 8;
      store<f32>(this.ptr + ((<usize>load<u32>(entry)) << 2), load<f32>(entry, 4));
    }
  }

  private measure(): void {
    if (this.isMeasured) return;
    this.measured.measure();
    this.top = this.measured.greatest();
    this.isMeasured = true;
  }

  /** The greatest of every 16 logits, whether above the floor or not. */
  get peaks(): Peaks {
    this.measure();
    return this.measured;
  }

  /** The greatest logit; -infinity if there is no candidate. */
  greatest(): f32 {
    this.measure();
    return this.top > this.floor ? this.top : -Infinity;
  }

  /** The lowest id whose logit is `value`, the greatest; -1 if there is none. */
  find(value: f32): i32 {
    const block = this.peaks.find(value);
    for (let id = block * BLOCK; id < this.size; ++id) if (this.at(id) == value) return id;
    return -1;
  }

  /** How many logits below `end` are `value`. */
  countEqual(value: f32, end: u32): u32 {
    const whole = end & ~3;
    const wanted = f32x4.splat(value);
    let found = i32x4.splat(0);
    let ptr = this.ptr;
    for (const stop = ptr + ((<usize>whole) << 2); ptr < stop; ptr += 16) {
      found = i32x4.sub(found, f32x4.eq(v128.load(ptr), wanted));
    }
    let count = i32x4.extract_lane(found, 0) + i32x4.extract_lane(found, 1);
    count += i32x4.extract_lane(found, 2) + i32x4.extract_lane(found, 3);
    for (let id = whole; id < end; ++id) if (this.at(id) == value) ++count;
    return count;
  }

  /**
   * Writes the `count` greatest candidates to `dst` as keys (candidate-key.ts), the greatest first, equal ones by rising
   * id; returns how many there are. What is below the count-th greatest peak is none of them, so that most blocks are
   * passed over.
   */
  select(count: u32, dst: usize): u32 {
    const peaks = this.peaks;
    const best = new Best(dst, count, max(this.floor, this.leastPeak(count, dst)));
    for (let i = peaks.next(0, best.bound); i < peaks.count; i = peaks.next(i + 1, best.bound)) {
      const block = peaks.block(i);
      for (let at: usize = 0; at < BLOCK_BYTES; at += 16) best.offer(block + at, i * BLOCK + <u32>(at >> 2));
    }
    best.sort();
    return best.kept;
  }

  /** A number just below the count-th greatest peak; -infinity if most are among them. dst: room for `count` keys. */
  private leastPeak(count: u32, dst: usize): f32 {
    const peaks = this.peaks;
    if (count > 2 * peaks.count) return -Infinity;
    const best = new Best(dst, count, this.floor);
    for (let i: u32 = 0; i < peaks.count; ++i) best.offer(peaks.peaks + ((<usize>i) << 4), i << 2);
    return best.kept < count ? -Infinity : before(best.bound);
  }

  /** Writes all candidates to `dst` as keys, by rising id; returns how many there are. */
  collect(dst: usize): u32 {
    const peaks = this.peaks;
    const floor = f32x4.splat(this.floor);
    let end = dst;
    for (let i = peaks.next(0, this.floor); i < peaks.count; i = peaks.next(i + 1, this.floor)) {
      const block = peaks.block(i);
      for (let at: usize = 0; at < BLOCK_BYTES; at += 16) {
        let above = i32x4.bitmask(f32x4.gt(v128.load(block + at), floor));
        for (; above != 0; above &= above - 1) {
          const number = <u32>(at >> 2) + ctz(above);
          store<u64>(end, keyOf(i * BLOCK + number, load<f32>(block + ((<usize>number) << 2))));
          end += 8;
        }
      }
    }
    return <u32>((end - dst) >> 3);
  }
}

/** The greatest number less than `value`. */
export function before(value: f32): f32 {
  if (value == 0) return reinterpret<f32>(0x80000001);
  if (!(value > -Infinity)) return value;
  const bits = reinterpret<u32>(value);
  return reinterpret<f32>(bits >> 31 ? bits + 1 : bits - 1);
}
