import { Extent } from '../../memory/extent';

/** Logits of a block: 16 vectors. */
export const BLOCK: u32 = 64;
export const BLOCK_BYTES: usize = 256;

/**
 * The greatest of every 16 logits: for each block of 64, a vector whose lane i is the greatest of the logits at i, i +
 * 4, i + 8 and so on. Made by one pass over the vocabulary, of one instruction a token; later searches for great logits
 * only pass over blocks. The logits may be peaks themselves (ranks.ts).
 *
 *     peaks   [ f32 * 4 ] * count
 *     last    [ f32 ] * 64          an incomplete last block, filled up with -infinity
 *
 * NaN is never a peak.
 */
export class Peaks {
  /** Blocks of the vocabulary, the incomplete last one included. */
  count: u32 = 0;
  private readonly space: Extent = new Extent();
  private logits: usize = 0;
  /** Blocks of logits in place; the one after them is `last`. */
  whole: u32 = 0;
  private rest: u32 = 0;

  /** Makes room for the peaks of `size` logits at `logits`. False if memory is short. */
  begin(logits: usize, size: u32): bool {
    this.logits = logits;
    this.whole = size / BLOCK;
    this.rest = size % BLOCK;
    this.count = this.whole + u32(this.rest > 0);
    return this.space.reserve(<usize>this.count * 16 + BLOCK_BYTES);
  }

  /** Looks at all logits. */
  measure(): void {
    const count = this.count;
    if (this.rest > 0) {
      const last = this.block(this.whole);
      for (let at: usize = 0; at < BLOCK_BYTES; at += 16) v128.store(last + at, f32x4.splat(-Infinity));
      memory.copy(last, this.logits + <usize>this.whole * BLOCK_BYTES, (<usize>this.rest) << 2);
    }
    for (let i: u32 = 0; i < count; ++i) v128.store(this.peaks + ((<usize>i) << 4), greatestOf(this.block(i)));
  }

  /** Address of a block's logits. */
  block(index: u32): usize {
    return index < this.whole ? this.logits + <usize>index * BLOCK_BYTES : this.last;
  }

  /** Address of the incomplete last block's logits. */
  get last(): usize {
    return this.space.ptr + ((<usize>this.count) << 4);
  }

  /** Whether a block has a logit above `bound`. */
  // @ts-ignore: decorator
  @inline
  isAbove(index: u32, bound: f32): bool {
    return v128.any_true(f32x4.gt(v128.load(this.peaks + ((<usize>index) << 4)), f32x4.splat(bound)));
  }

  /** The first block from `index` on with a logit above `bound`; `count` if there is none. */
  next(index: u32, bound: f32): u32 {
    const count = this.count;
    while (index < count && !this.isAbove(index, bound)) ++index;
    return index;
  }

  /** Whether every block with a logit above `low` has one above `high`, too. */
  areSame(low: f32, high: f32): bool {
    let index: u32 = 0;
    while (index < this.count && (this.isAbove(index, high) || !this.isAbove(index, low))) ++index;
    return index == this.count;
  }

  /** How many logits are above `bound`. */
  countAbove(bound: f32): u32 {
    const bounds = f32x4.splat(bound);
    let found = i32x4.splat(0);
    for (let i = this.next(0, bound); i < this.count; i = this.next(i + 1, bound)) {
      let at = this.block(i);
      for (const end = at + BLOCK_BYTES; at < end; at += 64) {
        found = i32x4.sub(found, f32x4.gt(v128.load(at), bounds));
        found = i32x4.sub(found, f32x4.gt(v128.load(at, 16), bounds));
        found = i32x4.sub(found, f32x4.gt(v128.load(at, 32), bounds));
        found = i32x4.sub(found, f32x4.gt(v128.load(at, 48), bounds));
      }
    }
    return sumOf(found);
  }

  /** The first block with a logit that equals `value`; `count` if it is no peak. */
  find(value: f32): u32 {
    const wanted = f32x4.splat(value);
    let index: u32 = 0;
    for (; index < this.count; ++index) {
      if (v128.any_true(f32x4.eq(v128.load(this.peaks + ((<usize>index) << 4)), wanted))) break;
    }
    return index;
  }

  /** The greatest logit; -infinity if there is no number. */
  greatest(): f32 {
    let best = f32x4.splat(-Infinity);
    const end = this.peaks + ((<usize>this.count) << 4);
    for (let at = this.peaks; at < end; at += 16) best = f32x4.pmax(best, v128.load(at));
    return greatestLane(best);
  }

  dispose(): void {
    this.space.release();
  }

  /** The peaks, [ f32 ] * 4 * count. */
  get peaks(): usize {
    return this.space.ptr;
  }
}

/** Sum of four counts. */
export function sumOf(counts: v128): u32 {
  const even = i32x4.extract_lane(counts, 0) + i32x4.extract_lane(counts, 1);
  return even + i32x4.extract_lane(counts, 2) + i32x4.extract_lane(counts, 3);
}

/** Of four numbers that are no NaN. */
// @ts-ignore: decorator
@inline
function greatestLane(four: v128): f32 {
  const two = f32x4.pmax(four, v128.shuffle<i32>(four, four, 2, 3, 0, 1));
  return f32x4.extract_lane(f32x4.pmax(two, v128.shuffle<i32>(two, two, 1, 0, 3, 2)), 0);
}

/** Lane by lane the greatest of a block. pmax(a, b) is a < b ? b : a, so that NaN never wins. */
function greatestOf(block: usize): v128 {
  let best = f32x4.pmax(f32x4.splat(-Infinity), v128.load(block));
  best = f32x4.pmax(best, v128.load(block, 16));
  best = f32x4.pmax(best, v128.load(block, 32));
  best = f32x4.pmax(best, v128.load(block, 48));
  best = f32x4.pmax(best, v128.load(block, 64));
  best = f32x4.pmax(best, v128.load(block, 80));
  best = f32x4.pmax(best, v128.load(block, 96));
  best = f32x4.pmax(best, v128.load(block, 112));
  best = f32x4.pmax(best, v128.load(block, 128));
  best = f32x4.pmax(best, v128.load(block, 144));
  best = f32x4.pmax(best, v128.load(block, 160));
  best = f32x4.pmax(best, v128.load(block, 176));
  best = f32x4.pmax(best, v128.load(block, 192));
  best = f32x4.pmax(best, v128.load(block, 208));
  best = f32x4.pmax(best, v128.load(block, 224));
  return f32x4.pmax(best, v128.load(block, 240));
}
