/**
 * How likely tokens were: by the softmax of the model's own logits, before anything that sampling does to them, as OpenAI's
 * `logprobs` and llama.cpp's `n_probs`. Made of operations that every WebAssembly engine rounds alike, in a fixed order.
 */
import { exp4 } from '../sampling/exp';

/** Alternatives that are asked for at most. */
export const MOST_ALTERNATIVES: i32 = 20;
/** Instructions for each token of a vocabulary: whether it is among the first, and its exponential. */
export const PROBABILITY_PER_TOKEN: u64 = 24;

/** The most likely tokens, the most likely first, and their logits; the last one only makes room. */
const best: usize = memory.data(84, 8);
const scores: usize = memory.data(84, 8);

/** The logarithms of probabilities at one place. */
@final
export class Probabilities {
  /** How many of the most likely tokens are known. */
  count: i32 = 0;
  private logits: usize = 0;
  /** What is taken off a logit. */
  private off: f64 = 0;

  /** @param most how many of the most likely tokens are looked for, at most MOST_ALTERNATIVES */
  constructor(private readonly most: i32) {}

  /** Looks at `size` logits, f32 each. NaN counts for none. */
  measure(logits: usize, size: u32): void {
    this.logits = logits;
    this.count = 0;
    let greatest: f32 = -Infinity;
    // What a logit has to be above to be among the first: of equal ones those with lower numbers are.
    let bound: f32 = -Infinity;
    for (let id: u32 = 0; id < size; ++id) {
      const logit = load<f32>(logits + ((<usize>id) << 2));
      if (!(logit > bound)) continue;
      greatest = max(greatest, logit);
      bound = this.most == 0 ? greatest : this.insert(id, logit);
    }
    this.off = <f64>greatest + Math.log(sumOf(logits, size, greatest));
  }

  /** Puts a token among the first; what the next one has to be above. */
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

  /** One of the most likely tokens, by its place. */
  token(place: i32): i32 {
    return load<i32>(best + ((<usize>place) << 2));
  }

  /** The logarithm of a token's probability. */
  of(token: i32): f32 {
    const logit = load<f32>(this.logits + ((<usize>token) << 2));
    return logit == logit ? <f32>(<f64>logit - this.off) : -Infinity;
  }
}

/** The sum of e^(logit - greatest): four sums that go on side by side, in double precision. */
function sumOf(logits: usize, size: u32, greatest: f32): f64 {
  const top = f32x4.splat(greatest);
  let low = f64x2.splat(0);
  let high = f64x2.splat(0);
  let id: u32 = 0;
  for (; id + 4 <= size; id += 4) {
    const x = f32x4.sub(v128.load(logits + ((<usize>id) << 2)), top);
    // NaN is no number that exp4 takes.
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
