import { Extent } from '../extent';
import { Best } from './best';
import { keyOf, logitOf } from './candidate-key';
import { BLOCK, BLOCK_BYTES, Peaks } from './peaks';
import { leastReaching } from './weighted-selection';

/** Steps that are taken to the number that a quotient tips over at. */
const NEAREST: i32 = 4;

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
  private readonly best: Best = new Best();
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

  /** How many of the logits with ids below `end` are `value`, which is finite. */
  countEqual(value: f32, end: u32): u32 {
    const peaks = this.peaks;
    const wanted = f32x4.splat(value);
    const limit = before(value);
    const last = min(end / BLOCK, peaks.count);
    let found = i32x4.splat(0);
    let i = peaks.next(0, limit);
    for (; i < last; i = peaks.next(i + 1, limit)) {
      const block = peaks.block(i);
      for (let at = block; at < block + BLOCK_BYTES; at += 32) {
        const equal = i32x4.add(f32x4.eq(v128.load(at), wanted), f32x4.eq(v128.load(at, 16), wanted));
        found = i32x4.sub(found, equal);
      }
    }
    let count = i32x4.extract_lane(found, 0) + i32x4.extract_lane(found, 1);
    count += i32x4.extract_lane(found, 2) + i32x4.extract_lane(found, 3);
    for (let id = last * BLOCK; id < end; ++id) if (this.at(id) == value) ++count;
    return count;
  }

  /**
   * Writes the `count` greatest candidates to `dst` as keys (candidate-key.ts), the greatest first, equal ones by rising
   * id; returns how many there are. What is below the count-th greatest peak is none of them, so that most blocks are
   * passed over.
   */
  select(count: u32, dst: usize): u32 {
    const peaks = this.peaks;
    const best = this.best;
    best.begin(dst, count, max(this.floor, this.leastPeak(count, dst)));
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
    const best = this.best;
    best.begin(dst, count, this.floor);
    for (let i: u32 = 0; i < peaks.count; ++i) best.offer(peaks.peaks + ((<usize>i) << 4), i << 2);
    return best.kept < count ? -Infinity : before(best.bound);
  }

  /**
   * Raises the floor as far as peaks allow without dropping any of the `count` best: what is below the count-th greatest
   * peak is none of them. Where one peak of each block is enough for that, the others are not looked at.
   *
   * @param space   12 bytes for every 16 logits, of a multiple of 64
   */
  raiseFloor(count: u32, space: usize): void {
    const peaks = this.peaks;
    const floor = this.floor;
    const isOne = count < peaks.count / 2;
    let end = space;
    for (let i = peaks.next(0, floor); i < peaks.count; i = peaks.next(i + 1, floor)) {
      if (isOne) {
        store<u64>(end, keyOf(i, peaks.of(i)));
        end += 8;
        continue;
      }
      for (let lane: u32 = 0; lane < 4; ++lane) {
        const peak = load<f32>(peaks.peaks + ((<usize>(i * 4 + lane)) << 2));
        if (!(peak > floor)) continue;
        store<u64>(end, keyOf(i * 4 + lane, peak));
        end += 8;
      }
    }
    const found = <u32>((end - space) >> 3);
    if (found > count) this.floor = before(logitOf(leastReaching(space, 0, found, count, false, end)));
  }

  /** Drops what is below `limit` once it is divided by the temperature. False if no floor can say that. */
  dropBelow(limit: f32, temperature: f32): bool {
    if (!isFinite(limit)) return false;
    // The greatest number that becomes less than the limit: a few from their product.
    let floor = before(limit * temperature);
    for (let i = 0; i < NEAREST && floor / temperature >= limit; ++i) floor = before(floor);
    for (let i = 0; i < NEAREST && behind(floor) / temperature < limit; ++i) floor = behind(floor);
    if (!(floor / temperature < limit && behind(floor) / temperature >= limit)) return false;
    if (floor > this.floor) this.floor = floor;
    return true;
  }

  /**
   * Writes the candidates to `dst` as keys, by rising id; returns how many there are. Of those that equal the least
   * number above the floor only the `most` first are written.
   */
  collect(dst: usize, most: u32): u32 {
    const peaks = this.peaks;
    const floor = f32x4.splat(this.floor);
    const least = behind(this.floor);
    let left = most;
    let end = dst;
    for (let i = peaks.next(0, this.floor); i < peaks.count; i = peaks.next(i + 1, this.floor)) {
      const block = peaks.block(i);
      for (let at: usize = 0; at < BLOCK_BYTES; at += 16) {
        let above = i32x4.bitmask(f32x4.gt(v128.load(block + at), floor));
        for (; above != 0; above &= above - 1) {
          const number = <u32>(at >> 2) + ctz(above);
          const logit = load<f32>(block + ((<usize>number) << 2));
          if (logit == least && left-- == 0) {
            // None of the equal ones that follow either.
            left = 0;
            continue;
          }
          store<u64>(end, keyOf(i * BLOCK + number, logit));
          end += 8;
        }
      }
    }
    return <u32>((end - dst) >> 3);
  }
}

/** The least number greater than `value`, not an infinite one. */
function behind(value: f32): f32 {
  return -before(-value);
}

/** The greatest number less than `value`. */
export function before(value: f32): f32 {
  if (value == 0) return reinterpret<f32>(0x80000001);
  if (!(value > -Infinity)) return value;
  const bits = reinterpret<u32>(value);
  return reinterpret<f32>(bits >> 31 ? bits + 1 : bits - 1);
}
