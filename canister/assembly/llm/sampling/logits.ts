import { Extent } from '../extent';
import { idOf, keyOf } from './candidate-key';
import { heapify, siftDown, sortHeap } from './selection';

/** Logits that a block test looks at together. */
const BLOCK: u32 = 16;

/**
 * The model's scores for a whole vocabulary, [ f32 ] * size, read in place: a few instructions for 16 of them.
 * NaN and -infinity are no candidates, nor is anything that is not above `floor`.
 */
export class Logits {
  ptr: usize = 0;
  size: u32 = 0;
  /** Candidates are above this, exclusively. */
  floor: f32 = -Infinity;
  /** Edits in the order they were made: [ id: u32 | what was there: f32 ] * edits */
  private readonly log: Extent = new Extent();
  private edits: u32 = 0;

  /** Begins with `size` logits, of which at most `edits` may be edited. False if memory is short. */
  begin(ptr: usize, size: u32, edits: u32): bool {
    this.ptr = ptr;
    this.size = size;
    this.floor = -Infinity;
    this.edits = 0;
    return edits == 0 || this.log.reserve(<usize>edits * 8);
  }

  dispose(): void {
    this.log.release();
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
  }

  /** Takes back all edits. */
  restore(): void {
    while (this.edits > 0) {
      const entry = this.log.ptr + usize(--this.edits) * 8;
      store<f32>(this.ptr + ((<usize>load<u32>(entry)) << 2), load<f32>(entry, 4));
    }
  }

  /** The greatest logit; -infinity if there is no candidate. */
  greatest(): f32 {
    const whole = this.size & ~(BLOCK - 1);
    let best = f32x4.splat(-Infinity);
    let ptr = this.ptr;
    for (const end = ptr + ((<usize>whole) << 2); ptr < end; ptr += BLOCK * 4) {
      // pmax(a, b) is a < b ? b : a, so that NaN never wins.
      best = f32x4.pmax(best, v128.load(ptr));
      best = f32x4.pmax(best, v128.load(ptr, 16));
      best = f32x4.pmax(best, v128.load(ptr, 32));
      best = f32x4.pmax(best, v128.load(ptr, 48));
    }
    let greatest = f32x4.extract_lane(best, 0);
    if (f32x4.extract_lane(best, 1) > greatest) greatest = f32x4.extract_lane(best, 1);
    if (f32x4.extract_lane(best, 2) > greatest) greatest = f32x4.extract_lane(best, 2);
    if (f32x4.extract_lane(best, 3) > greatest) greatest = f32x4.extract_lane(best, 3);
    for (let id = whole; id < this.size; ++id) if (this.at(id) > greatest) greatest = this.at(id);
    return greatest > this.floor ? greatest : -Infinity;
  }

  /** The lowest id whose logit is `value`, or -1. */
  find(value: f32): i32 {
    const wanted = f32x4.splat(value);
    const whole = this.size & ~(BLOCK - 1);
    let id: u32 = 0;
    for (; id < whole; id += 4) {
      if (v128.any_true(f32x4.eq(v128.load(this.ptr + ((<usize>id) << 2)), wanted))) break;
    }
    for (; id < this.size; ++id) if (this.at(id) == value) return id;
    return -1;
  }

  /** Where the next block from `id` on begins that has a logit not at most `bound`; the incomplete last block counts. */
  private block(id: u32, bound: f32): u32 {
    const limit = f32x4.splat(bound);
    const whole = this.size & ~(BLOCK - 1);
    let ptr = this.ptr + ((<usize>id) << 2);
    for (; id < whole; id += BLOCK) {
      const low = v128.and(f32x4.le(v128.load(ptr), limit), f32x4.le(v128.load(ptr, 16), limit));
      const high = v128.and(f32x4.le(v128.load(ptr, 32), limit), f32x4.le(v128.load(ptr, 48), limit));
      if (!i32x4.all_true(v128.and(low, high))) break;
      ptr += BLOCK * 4;
    }
    return id;
  }

  /**
   * Writes the `count` greatest candidates to `dst` as keys (candidates.ts), the greatest first, equal ones by rising id;
   * returns how many there are. Most blocks are passed over with one comparison against the least that is kept.
   */
  select(count: u32, dst: usize): u32 {
    let kept: u32 = 0;
    let bound = this.floor;
    for (let id: u32 = 0; id < this.size;) {
      id = this.block(id, bound);
      const end = min(id + BLOCK, this.size);
      for (; id < end; ++id) {
        const logit = this.at(id);
        if (!(logit > bound)) continue;
        const key = keyOf(id, logit);
        if (kept == count) {
          store<u64>(dst, key);
          siftDown(dst, 0, kept);
        } else {
          store<u64>(dst + ((<usize>kept) << 3), key);
          if (++kept < count) continue;
          heapify(dst, kept);
        }
        bound = this.at(idOf(load<u64>(dst)));
      }
    }
    if (kept < count) heapify(dst, kept);
    sortHeap(dst, kept);
    return kept;
  }

  /** Writes all candidates to `dst` as keys, by rising id; returns how many there are. */
  collect(dst: usize): u32 {
    let count: u32 = 0;
    for (let id: u32 = 0; id < this.size;) {
      id = this.block(id, this.floor);
      for (const end = min(id + BLOCK, this.size); id < end; ++id) {
        const logit = this.at(id);
        if (logit > this.floor) store<u64>(dst + (usize(count++) << 3), keyOf(id, logit));
      }
    }
    return count;
  }
}
