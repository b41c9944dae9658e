import { Extent } from '../../memory/extent';
import { before, behind } from './adjacent';
import { keyOf } from './candidate-key';
import { BLOCK, BLOCK_BYTES, Peaks, sumOf } from './peaks';
import { kthGreatest } from './kth-greatest';

/** Most steps to the number at which a quotient tips over. */
const NEAREST: i32 = 4;

/**
 * The model's scores for a whole vocabulary, [ f32 ] * size, read in place. NaN, -infinity and everything not above
 * `floor` are no candidates.
 */
export class Logits {
  ptr: usize = 0;
  size: u32 = 0;
  /** Candidates are above this, exclusively. */
  floor: f32 = -Infinity;
  /** Edits in order: [ id: u32 | previous value: f32 ] * edits */
  private readonly log: Extent = new Extent();
  private edits: u32 = 0;
  private readonly measured: Peaks = new Peaks();
  /** Whether the peaks match the current logits. */
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
    if (!this.measured.begin(ptr, size)) return false;
    return edits == 0 || this.log.reserve(<usize>edits * 8);
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

  /** How many of the logits with ids from `begin` to before `end` are `value`, which is a number. */
  countEqual(value: f32, begin: u32, end: u32): u32 {
    const peaks = this.peaks;
    const wanted = f32x4.splat(value);
    const limit = before(value);
    const first = min(end, (begin + BLOCK - 1) & ~(BLOCK - 1));
    const last = end / BLOCK;
    let count: u32 = 0;
    for (let id = begin; id < first; ++id) count += u32(this.at(id) == value);
    let found = i32x4.splat(0);
    for (let i = peaks.next(first / BLOCK, limit); i < last; i = peaks.next(i + 1, limit)) {
      let at = peaks.block(i);
      for (const stop = at + BLOCK_BYTES; at < stop; at += 64) {
        found = i32x4.add(found, f32x4.eq(v128.load(at), wanted));
        found = i32x4.add(found, f32x4.eq(v128.load(at, 16), wanted));
        found = i32x4.add(found, f32x4.eq(v128.load(at, 32), wanted));
        found = i32x4.add(found, f32x4.eq(v128.load(at, 48), wanted));
      }
    }
    count -= sumOf(found);
    for (let id = max(first, last * BLOCK); id < end; ++id) count += u32(this.at(id) == value);
    return count;
  }

  /**
   * Raises the floor without dropping any of the `count` (> 0) best. For a small count it is just below the count-th
   * greatest peak: at least `count` logits reach that, and as a peak is the greatest of 16, `collect` finds at most 17
   * times as many. For larger counts the logits themselves are searched.
   */
  raiseFloor(count: u32): void {
    const peaks = this.peaks;
    const isFew = count <= peaks.count / 2;
    const size = isFew ? peaks.count * 4 : this.size;
    const least = isFew ? kthGreatest(peaks.peaks, size, count) : kthGreatest(this.ptr, size, count);
    this.floor = max(this.floor, before(least));
  }

  /** Drops the logits whose quotient by the temperature is below `limit`. False if no floor expresses that exactly. */
  dropBelow(limit: f32, temperature: f32): bool {
    if (!isFinite(limit)) return false;
    // The greatest number with a quotient below the limit is a few steps from their product.
    let floor = before(limit * temperature);
    for (let i = 0; i < NEAREST && floor / temperature >= limit; ++i) floor = before(floor);
    for (let i = 0; i < NEAREST && behind(floor) / temperature < limit; ++i) floor = behind(floor);
    if (!(floor / temperature < limit && behind(floor) / temperature >= limit)) return false;
    if (floor > this.floor) this.floor = floor;
    return true;
  }

  /**
   * Writes the candidates to `dst` as keys, by rising id; returns how many there are. Of those that equal the least
   * number above the floor only the first `most` are written.
   */
  collect(dst: usize, most: u32): u32 {
    const peaks = this.peaks;
    const least = behind(this.floor);
    let floor = this.floor;
    let left = most;
    let end = dst;
    for (let i = peaks.next(0, floor); i < peaks.count; i = peaks.next(i + 1, floor)) {
      const block = peaks.block(i);
      for (let at: usize = 0; at < BLOCK_BYTES; at += 64) {
        let above = areAbove(block + at, floor);
        for (; above != 0; above &= above - 1) {
          const number = <u32>(at >> 2) + ctz(above);
          const logit = load<f32>(block + ((<usize>number) << 2));
          if (logit == least) {
            if (left == 0) continue;
            // No more of the equal ones are taken.
            if (--left == 0) floor = least;
          }
          store<u64>(end, keyOf(i * BLOCK + number, logit));
          end += 8;
        }
      }
    }
    return <u32>((end - dst) >> 3);
  }
}

/** Which of 16 logits are above the floor: a bit each, the lowest for the first. */
// @ts-ignore: decorator
@inline
function areAbove(logits: usize, floor: f32): i32 {
  const floors = f32x4.splat(floor);
  const a = f32x4.gt(v128.load(logits), floors);
  const b = f32x4.gt(v128.load(logits, 16), floors);
  const c = f32x4.gt(v128.load(logits, 32), floors);
  const d = f32x4.gt(v128.load(logits, 48), floors);
  return i8x16.bitmask(i8x16.narrow_i16x8_s(i16x8.narrow_i32x4_s(a, b), i16x8.narrow_i32x4_s(c, d)));
}
