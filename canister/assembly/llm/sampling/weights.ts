import { exp4 } from './exp';
import { Logits } from './logits';

/** Chunks that the vocabulary is added up in. */
const CHUNKS: u32 = 1024;
/** Least tokens in a chunk. */
const MIN_CHUNK: u32 = 64;

/** Sums of the chunks: [ f64 ] * CHUNKS */
const sums: usize = memory.data(8192, 8);
/** Four weights: [ f32 ] * 4 */
const lanes: usize = memory.data(16, 16);

/**
 * The weights e^((logit - greatest) / temperature) of all candidates of a whole vocabulary, which are never stored: about
 * 20 instructions a token. Chunks are added up in f32 by four lanes, their sums in f64, so that a number in [0, sum) is
 * found by passing over chunks.
 */
export class Weights {
  /** Sum of all weights; 0 if there is no candidate. */
  readonly sum: f64;
  private readonly chunk: u32;
  private readonly greatest: f32;

  constructor(
    private readonly logits: Logits,
    private readonly temperature: f32,
  ) {
    const size = logits.size;
    const chunk = max(MIN_CHUNK, ((size + CHUNKS - 1) / CHUNKS + 3) & ~3);
    this.chunk = chunk;
    this.greatest = logits.greatest();
    this.sum = 0;
    let sum: f64 = 0;
    for (let from: u32 = 0, at = sums; from < size; from += chunk, at += 8) {
      const part = this.add(from, min(from + chunk, size));
      store<f64>(at, part);
      sum += part;
    }
    this.sum = sum;
  }

  /** The candidate with which the running sum passes `target`, or else the last one that has a weight; -1 if none has. */
  find(target: f64): i32 {
    const size = this.logits.size;
    let last = -1;
    let sum: f64 = 0;
    for (let from: u32 = 0, at = sums; from < size; from += this.chunk, at += 8) {
      const part = load<f64>(at);
      if (part == 0) continue;
      if (sum + part <= target && sum + part < this.sum) {
        sum += part;
        continue;
      }
      const end = min(from + this.chunk, size);
      for (let id = from; id < end && sum <= target; ++id) {
        const weight = this.weight(id);
        if (weight == 0) continue;
        sum += weight;
        last = id;
      }
      if (sum > target) break;
    }
    return last;
  }

  private add(from: u32, end: u32): f64 {
    const logits = this.logits;
    const whole = from + ((end - from) & ~3);
    let total = f32x4.splat(0);
    let ptr = logits.ptr + ((<usize>from) << 2);
    for (const stop = logits.ptr + ((<usize>whole) << 2); ptr < stop; ptr += 16) {
      total = f32x4.add(total, this.weigh(v128.load(ptr)));
    }
    let sum =
      <f64>f32x4.extract_lane(total, 0) +
      <f64>f32x4.extract_lane(total, 1) +
      <f64>f32x4.extract_lane(total, 2) +
      <f64>f32x4.extract_lane(total, 3);
    for (let id = whole; id < end; ++id) sum += this.weight(id);
    return sum;
  }

  private weight(id: u32): f32 {
    v128.store(lanes, this.weigh(f32x4.splat(this.logits.at(id))));
    return load<f32>(lanes);
  }

  // @ts-ignore: decorator
  @inline
  private weigh(logits: v128): v128 {
    const top = f32x4.splat(this.greatest);
    const weights = exp4(f32x4.div(f32x4.sub(logits, top), f32x4.splat(this.temperature)));
    // The greatest weighs 1 even where it is infinite.
    const whole = v128.bitselect(f32x4.splat(1), weights, f32x4.eq(logits, top));
    return v128.and(whole, f32x4.gt(logits, f32x4.splat(this.logits.floor)));
  }
}
