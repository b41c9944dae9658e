import { Logits } from './logits';
import { BLOCK, BLOCK_BYTES } from './peaks';

/** 2^23: one octave in the bits of an f32. */
const OCTAVE: f32 = 8388608;
const LOG2_E: f64 = 1.4426950408889634;
/** The bits of 1, and a little more than all roundings together, so that a bound stays one. */
const ONE: i32 = (127 << 23) + 1024;
/** Where the greatest logit may be, in octaves, for all sums of bits to fit an i32. */
const NEAR_LEAST: f32 = -120;
const NEAR_MOST: f32 = 240;

/** Whether logits are near enough to 0, as types, so that each has loops of its own. */
type Near = i32;
type Far = f32;

/** The least temperature that bounds can be made for: octaves of logits that are divided by less overflow. */
export const LEAST_TEMPERATURE: f32 = 4e-32;
/** A weight is at least this share of its bound. */
export const LEAST: f64 = 0.9415;
/** Blocks that are added up in f32; beyond them in f64. */
export const CHUNK: u32 = 4;

/**
 * Bounds of the weights e^((logit - greatest) / temperature), at 3.4 instructions a token: 2^(n + f), 0 <= f < 1, is at
 * most 2^n * (1 + f), which is the f32 whose bits are (127 + n + f) * 2^23 (Schraudolph: A fast, compact approximation
 * of the exponential function, 1999), and at least LEAST times that. What is no number has the least bound there is,
 * about 2^-126.
 */
export class Envelope {
  /** What `both` found: the sum of all bounds, and of those above its limit. */
  all: f64 = 0;
  above: f64 = 0;
  private factor: f32 = 0;
  private shift: f32 = 0;
  private offset: i32 = 0;
  private low: f32 = 0;
  private isNear: bool = false;

  constructor(private readonly logits: Logits) {}

  /**
   * @param greatest      the greatest of the logits, finite
   * @param temperature   LEAST_TEMPERATURE or more
   */
  begin(greatest: f32, temperature: f32): void {
    const factor = <f32>(LOG2_E / <f64>temperature) * OCTAVE;
    const top = greatest * factor;
    const isNear = top > NEAR_LEAST * OCTAVE && top < NEAR_MOST * OCTAVE;
    this.factor = factor;
    this.isNear = isNear;
    // Subtracting the greatest before the product does for any logits, and costs three more for four of them.
    this.shift = isNear ? 0 : greatest;
    const offset = isNear ? ONE - <i32>top : ONE;
    this.offset = offset;
    // What is below has no more octaves to fall.
    this.low = <f32>((1 << 23) - offset);
  }

  /** The bound of one logit's weight. */
  of(logit: f32): f32 {
    const shifted = f32x4.splat(logit - this.shift);
    const factor = f32x4.splat(this.factor);
    return f32x4.extract_lane(bounds(shifted, factor, f32x4.splat(this.low), i32x4.splat(this.offset)), 0);
  }

  /** Sum of the bounds in those of the blocks from `first` to before `end` that have a logit above `floor`. */
  chunk(first: u32, end: u32, floor: f32): f64 {
    return this.isNear ? this.addChunk<Near>(first, end, floor) : this.addChunk<Far>(first, end, floor);
  }

  /** Sum of the bounds of the logits above `limit`. */
  sumAbove(limit: f32): f64 {
    return this.isNear ? this.addAbove<Near>(limit) : this.addAbove<Far>(limit);
  }

  /** Makes `all`, and `above` of the logits above `limit`, in one pass. */
  both(limit: f32): void {
    if (this.isNear) this.addBoth<Near>(limit);
    else this.addBoth<Far>(limit);
  }

  private addChunk<Range>(first: u32, end: u32, floor: f32): f64 {
    const peaks = this.logits.peaks;
    const factor = f32x4.splat(this.factor);
    const shift = f32x4.splat(this.shift);
    const low = f32x4.splat(this.low);
    const offset = i32x4.splat(this.offset);
    const whole = peaks.whole;
    const least = f32x4.splat(floor);
    let sums = f32x4.splat(0);
    let at = peaks.block(first);
    let peak = peaks.peaks + ((<usize>first) << 4);
    for (let i = first; i < end; ++i, at += BLOCK_BYTES, peak += 16) {
      if (!v128.any_true(f32x4.gt(v128.load(peak), least))) continue;
      if (i == whole) at = peaks.last;
      sums = f32x4.add(sums, bounds(shifted<Range>(v128.load(at), shift), factor, low, offset));
      sums = f32x4.add(sums, bounds(shifted<Range>(v128.load(at, 16), shift), factor, low, offset));
      sums = f32x4.add(sums, bounds(shifted<Range>(v128.load(at, 32), shift), factor, low, offset));
      sums = f32x4.add(sums, bounds(shifted<Range>(v128.load(at, 48), shift), factor, low, offset));
      sums = f32x4.add(sums, bounds(shifted<Range>(v128.load(at, 64), shift), factor, low, offset));
      sums = f32x4.add(sums, bounds(shifted<Range>(v128.load(at, 80), shift), factor, low, offset));
      sums = f32x4.add(sums, bounds(shifted<Range>(v128.load(at, 96), shift), factor, low, offset));
      sums = f32x4.add(sums, bounds(shifted<Range>(v128.load(at, 112), shift), factor, low, offset));
      sums = f32x4.add(sums, bounds(shifted<Range>(v128.load(at, 128), shift), factor, low, offset));
      sums = f32x4.add(sums, bounds(shifted<Range>(v128.load(at, 144), shift), factor, low, offset));
      sums = f32x4.add(sums, bounds(shifted<Range>(v128.load(at, 160), shift), factor, low, offset));
      sums = f32x4.add(sums, bounds(shifted<Range>(v128.load(at, 176), shift), factor, low, offset));
      sums = f32x4.add(sums, bounds(shifted<Range>(v128.load(at, 192), shift), factor, low, offset));
      sums = f32x4.add(sums, bounds(shifted<Range>(v128.load(at, 208), shift), factor, low, offset));
      sums = f32x4.add(sums, bounds(shifted<Range>(v128.load(at, 224), shift), factor, low, offset));
      sums = f32x4.add(sums, bounds(shifted<Range>(v128.load(at, 240), shift), factor, low, offset));
    }
    return sumOf(sums);
  }

  private addBoth<Range>(limit: f32): void {
    const peaks = this.logits.peaks;
    const factor = f32x4.splat(this.factor);
    const shift = f32x4.splat(this.shift);
    const low = f32x4.splat(this.low);
    const offset = i32x4.splat(this.offset);
    const limits = f32x4.splat(limit);
    const whole = peaks.whole;
    const count = peaks.count;
    this.all = 0;
    this.above = 0;
    for (let first: u32 = 0; first < count; first += CHUNK) {
      let all = f32x4.splat(0);
      let above = f32x4.splat(0);
      let at = peaks.block(first);
      for (let i = first, end = min(first + CHUNK, count); i < end; ++i, at += BLOCK_BYTES) {
        if (i == whole) at = peaks.last;
        const a = v128.load(at);
        const aa = bounds(shifted<Range>(a, shift), factor, low, offset);
        all = f32x4.add(all, aa);
        above = f32x4.add(above, v128.and(aa, f32x4.gt(a, limits)));
        const b = v128.load(at, 16);
        const bb = bounds(shifted<Range>(b, shift), factor, low, offset);
        all = f32x4.add(all, bb);
        above = f32x4.add(above, v128.and(bb, f32x4.gt(b, limits)));
        const c = v128.load(at, 32);
        const cc = bounds(shifted<Range>(c, shift), factor, low, offset);
        all = f32x4.add(all, cc);
        above = f32x4.add(above, v128.and(cc, f32x4.gt(c, limits)));
        const d = v128.load(at, 48);
        const dd = bounds(shifted<Range>(d, shift), factor, low, offset);
        all = f32x4.add(all, dd);
        above = f32x4.add(above, v128.and(dd, f32x4.gt(d, limits)));
        const e = v128.load(at, 64);
        const ee = bounds(shifted<Range>(e, shift), factor, low, offset);
        all = f32x4.add(all, ee);
        above = f32x4.add(above, v128.and(ee, f32x4.gt(e, limits)));
        const f = v128.load(at, 80);
        const ff = bounds(shifted<Range>(f, shift), factor, low, offset);
        all = f32x4.add(all, ff);
        above = f32x4.add(above, v128.and(ff, f32x4.gt(f, limits)));
        const g = v128.load(at, 96);
        const gg = bounds(shifted<Range>(g, shift), factor, low, offset);
        all = f32x4.add(all, gg);
        above = f32x4.add(above, v128.and(gg, f32x4.gt(g, limits)));
        const h = v128.load(at, 112);
        const hh = bounds(shifted<Range>(h, shift), factor, low, offset);
        all = f32x4.add(all, hh);
        above = f32x4.add(above, v128.and(hh, f32x4.gt(h, limits)));
        const i = v128.load(at, 128);
        const ii = bounds(shifted<Range>(i, shift), factor, low, offset);
        all = f32x4.add(all, ii);
        above = f32x4.add(above, v128.and(ii, f32x4.gt(i, limits)));
        const j = v128.load(at, 144);
        const jj = bounds(shifted<Range>(j, shift), factor, low, offset);
        all = f32x4.add(all, jj);
        above = f32x4.add(above, v128.and(jj, f32x4.gt(j, limits)));
        const k = v128.load(at, 160);
        const kk = bounds(shifted<Range>(k, shift), factor, low, offset);
        all = f32x4.add(all, kk);
        above = f32x4.add(above, v128.and(kk, f32x4.gt(k, limits)));
        const l = v128.load(at, 176);
        const ll = bounds(shifted<Range>(l, shift), factor, low, offset);
        all = f32x4.add(all, ll);
        above = f32x4.add(above, v128.and(ll, f32x4.gt(l, limits)));
        const m = v128.load(at, 192);
        const mm = bounds(shifted<Range>(m, shift), factor, low, offset);
        all = f32x4.add(all, mm);
        above = f32x4.add(above, v128.and(mm, f32x4.gt(m, limits)));
        const n = v128.load(at, 208);
        const nn = bounds(shifted<Range>(n, shift), factor, low, offset);
        all = f32x4.add(all, nn);
        above = f32x4.add(above, v128.and(nn, f32x4.gt(n, limits)));
        const o = v128.load(at, 224);
        const oo = bounds(shifted<Range>(o, shift), factor, low, offset);
        all = f32x4.add(all, oo);
        above = f32x4.add(above, v128.and(oo, f32x4.gt(o, limits)));
        const p = v128.load(at, 240);
        const pp = bounds(shifted<Range>(p, shift), factor, low, offset);
        all = f32x4.add(all, pp);
        above = f32x4.add(above, v128.and(pp, f32x4.gt(p, limits)));
      }
      this.all += sumOf(all);
      this.above += sumOf(above);
    }
  }

  private addAbove<Range>(limit: f32): f64 {
    const peaks = this.logits.peaks;
    const factor = f32x4.splat(this.factor);
    const shift = f32x4.splat(this.shift);
    const low = f32x4.splat(this.low);
    const offset = i32x4.splat(this.offset);
    const limits = f32x4.splat(limit);
    let sum: f64 = 0;
    for (let i = peaks.next(0, limit); i < peaks.count; i = peaks.next(i + 1, limit)) {
      let sums = f32x4.splat(0);
      let at = peaks.block(i);
      for (const stop = at + BLOCK_BYTES; at < stop; at += 128) {
        const a = v128.load(at);
        const aa = bounds(shifted<Range>(a, shift), factor, low, offset);
        sums = f32x4.add(sums, v128.and(aa, f32x4.gt(a, limits)));
        const b = v128.load(at, 16);
        const bb = bounds(shifted<Range>(b, shift), factor, low, offset);
        sums = f32x4.add(sums, v128.and(bb, f32x4.gt(b, limits)));
        const c = v128.load(at, 32);
        const cc = bounds(shifted<Range>(c, shift), factor, low, offset);
        sums = f32x4.add(sums, v128.and(cc, f32x4.gt(c, limits)));
        const d = v128.load(at, 48);
        const dd = bounds(shifted<Range>(d, shift), factor, low, offset);
        sums = f32x4.add(sums, v128.and(dd, f32x4.gt(d, limits)));
        const e = v128.load(at, 64);
        const ee = bounds(shifted<Range>(e, shift), factor, low, offset);
        sums = f32x4.add(sums, v128.and(ee, f32x4.gt(e, limits)));
        const f = v128.load(at, 80);
        const ff = bounds(shifted<Range>(f, shift), factor, low, offset);
        sums = f32x4.add(sums, v128.and(ff, f32x4.gt(f, limits)));
        const g = v128.load(at, 96);
        const gg = bounds(shifted<Range>(g, shift), factor, low, offset);
        sums = f32x4.add(sums, v128.and(gg, f32x4.gt(g, limits)));
        const h = v128.load(at, 112);
        const hh = bounds(shifted<Range>(h, shift), factor, low, offset);
        sums = f32x4.add(sums, v128.and(hh, f32x4.gt(h, limits)));
      }
      sum += sumOf(sums);
    }
    return sum;
  }
}

// @ts-ignore: decorator
@inline
function shifted<Range>(logits: v128, shift: v128): v128 {
  return isInteger<Range>() ? logits : f32x4.sub(logits, shift);
}

// @ts-ignore: decorator
@inline
function bounds(logits: v128, factor: v128, low: v128, offset: v128): v128 {
  // pmax(a, b) is a < b ? b : a, so that NaN becomes `low`.
  return i32x4.add(i32x4.trunc_sat_f32x4_s(f32x4.pmax(low, f32x4.mul(logits, factor))), offset);
}

function sumOf(lanes: v128): f64 {
  const even = <f64>f32x4.extract_lane(lanes, 0) + <f64>f32x4.extract_lane(lanes, 1);
  return even + <f64>f32x4.extract_lane(lanes, 2) + <f64>f32x4.extract_lane(lanes, 3);
}
