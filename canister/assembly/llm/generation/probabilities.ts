/**
 * Token probabilities: the softmax of the model's own logits, before any sampling changes them, as OpenAI's `logprobs`
 * and llama.cpp's `n_probs`. Made of operations that every WebAssembly engine rounds alike, in a fixed order.
 */
import { exp4 } from '../sampling/exp';

/** Most alternatives per token. */
export const MOST_ALTERNATIVES: i32 = 20;
/** Instructions for each token of a vocabulary: the comparison with the most likely ones, and its exponential. */
export const PROBABILITY_PER_TOKEN: u64 = 24;

/** The most likely tokens, in descending order, and their logits; the last one is spare room. */
const best: usize = memory.data(84, 8);
const scores: usize = memory.data(84, 8);

/** The logarithms of probabilities at one place. */
@final
export class Probabilities {
  /** Number of most likely tokens found. */
  count: i32 = 0;
  private logits: usize = 0;
  /** The number to subtract from a logit. */
  private off: f64 = 0;

  /** @param most number of most likely tokens to find, at most MOST_ALTERNATIVES */
  constructor(private readonly most: i32) {}

  /** Measures `size` logits, f32 each. NaN is ignored. */
  measure(logits: usize, size: u32): void {
    this.logits = logits;
    this.count = 0;
    let greatest: f32 = -Infinity;
    // A logit above this is among the most likely; among equal logits, lower ids win.
    let bound: f32 = -Infinity;
    for (let id: u32 = 0; id < size; ++id) {
      const logit = load<f32>(logits + ((<usize>id) << 2));
      if (!(logit > bound)) continue;
      greatest = max(greatest, logit);
      bound = this.most == 0 ? greatest : this.insert(id, logit);
    }
    this.off = <f64>greatest + Math.log(sumOf(logits, size, greatest));
  }

  /** Inserts a token among the most likely; returns the new bound. */
  private insert(id: u32, logit: f32): f32 {
    let at = this.count;
    for (; at > 0 && load<f32>(scores + ((<usize>(at - 1)) << 2)) < logit; --at) {
      store<f32>(scores + ((<usize>at) << 2), load<f32>(scores + ((<usize>(at - 1)) << 2)));
      store<i32>(best + ((<usize>at) << 2), load<i32>(best + ((<usize>(at - 1)) << 2)));
    }
    store<f32>(scores + ((<usize>at) << 2), logit);
    store<i32>(best + ((<usize>at) << 2), id);
    if (this.count < this.most) ++this.count;
    return this.count < this.most ? -Infinity : load<f32>(scores + ((<usize>(this.most - 1)) << 2));
  }

  /** The token at an index of the most likely. */
  token(place: i32): i32 {
    return load<i32>(best + ((<usize>place) << 2));
  }

  /** The logarithm of a token's probability. */
  of(token: i32): f32 {
    const logit = load<f32>(this.logits + ((<usize>token) << 2));
    return logit == logit ? <f32>(<f64>logit - this.off) : -Infinity;
  }
}

/** The sum of e^(logit - greatest): four parallel sums in double precision. */
function sumOf(logits: usize, size: u32, greatest: f32): f64 {
  const top = f32x4.splat(greatest);
  let low = f64x2.splat(0);
  let high = f64x2.splat(0);
  let id: u32 = 0;
  for (; id + 4 <= size; id += 4) {
    const x = f32x4.sub(v128.load(logits + ((<usize>id) << 2)), top);
    // exp4 does not take NaN.
    const e = v128.and(exp4(x), f32x4.eq(x, x));
    low = f64x2.add(low, f64x2.promote_low_f32x4(e));
    high = f64x2.add(high, f64x2.promote_low_f32x4(v128.shuffle<f32>(e, e, 2, 3, 2, 3)));
  }
  const both = f64x2.add(low, high);
  let sum = f64x2.extract_lane(both, 0) + f64x2.extract_lane(both, 1);
  for (; id < size; ++id) {
    const x = load<f32>(logits + ((<usize>id) << 2)) - greatest;
    if (x == x) sum += f32x4.extract_lane(exp4(f32x4.splat(x)), 0);
  }
  return sum;
}
