import { fromOrderedBits } from '../ordered-bits';
import { exp1, exp4 } from './exp';
import { before } from './adjacent';
import { Logits } from './logits';
import { BLOCK, BLOCK_BYTES } from './peaks';

/** Bits of a logit's order that one pass distinguishes. */
const DIGIT: u32 = 11;
/** Weights of the logits with each digit, [ f64 ] * 2^DIGIT. */
const sums: usize = memory.data(16384, 8);

/**
 * The boundary of the most probable tokens that together reach probability p: they are the logits above `least`, and of
 * the logits that equal it, those with ids below `end`.
 *
 * Found by a radix select over the weights: a pass adds up the weights by the first bits of the logits' order
 * (ordered-bits.ts), and the next one looks only at the logits in whose sum p is reached. Three passes are enough for
 * any logits: at most 60 instructions a token.
 */
export class Boundary {
  least: f32 = 0;
  end: u32 = 0;

  /**
   * @param greatest the greatest of the logits, finite
   * @param floor    logits that are not above it are no candidates
   */
  find(logits: Logits, greatest: f32, temperature: f32, floor: f32, p: f64): void {
    let low: u32 = 0;
    let bits: u32 = 32;
    let target: f64 = 0;
    // Weight of the logits greater than all that remain.
    let reached: f64 = 0;
    while (bits > 0) {
      const shift = bits > DIGIT ? bits - DIGIT : 0;
      const high = bits == 32 ? u32.MAX_VALUE : low + ((1 << bits) - 1);
      addUp(logits, greatest, temperature, floor, low, high, shift);
      const digits: u32 = 1 << (bits - shift);
      if (bits == 32) for (let digit: u32 = 0; digit < digits; ++digit) target += p * sumOf(digit);
      let chosen: u32 = 0;
      for (let digit = digits; digit > 0 && reached < target;) {
        const sum = sumOf(--digit);
        if (sum == 0) continue;
        chosen = digit;
        if (reached + sum >= target) break;
        reached += sum;
      }
      low += chosen << shift;
      bits = shift;
    }
    this.least = fromOrderedBits(low);
    const weight = <f64>exp1((this.least - greatest) / temperature);
    this.end = behind(logits, this.least, Math.ceil((target - reached) / weight));
  }

  /** Whether the token with this id and logit is before the boundary. */
  has(id: u32, logit: f32): bool {
    return logit > this.least || (logit == this.least && id < this.end);
  }
}

function sumOf(digit: u32): f64 {
  return load<f64>(sums + ((<usize>digit) << 3));
}

/** Adds up the weights of the logits above the floor whose order is from `low` to `high`, by its bits from `shift` up. */
function addUp(logits: Logits, greatest: f32, temperature: f32, floor: f32, low: u32, high: u32, shift: u32): void {
  memory.fill(sums, 0, 16384);
  const peaks = logits.peaks;
  const top = f32x4.splat(greatest);
  const divisor = f32x4.splat(temperature);
  const floors = f32x4.splat(floor);
  const lows = i32x4.splat(low);
  const highs = i32x4.splat(high);
  const signs = i32x4.splat(0x80000000);
  const limit = low == 0 ? floor : max(floor, before(fromOrderedBits(low)));
  for (let i = peaks.next(0, limit); i < peaks.count; i = peaks.next(i + 1, limit)) {
    const block = peaks.block(i);
    for (let at = block; at < block + BLOCK_BYTES; at += 16) {
      const logit = v128.load(at);
      // orderedBits of four.
      const bits = f32x4.add(logit, f32x4.splat(0));
      const order = v128.xor(bits, v128.or(i32x4.shr_s(bits, 31), signs));
      const isWithin = v128.and(i32x4.ge_u(order, lows), i32x4.le_u(order, highs));
      let within = i32x4.bitmask(v128.and(isWithin, f32x4.gt(logit, floors)));
      if (within == 0) continue;
      const weights = exp4(f32x4.div(f32x4.sub(logit, top), divisor));
      const digits = i32x4.shr_u(i32x4.sub(order, lows), shift);
      if (within & 1) add(i32x4.extract_lane(digits, 0), f32x4.extract_lane(weights, 0));
      if (within & 2) add(i32x4.extract_lane(digits, 1), f32x4.extract_lane(weights, 1));
      if (within & 4) add(i32x4.extract_lane(digits, 2), f32x4.extract_lane(weights, 2));
      if (within & 8) add(i32x4.extract_lane(digits, 3), f32x4.extract_lane(weights, 3));
    }
  }
}

// @ts-ignore: decorator
@inline
function add(digit: u32, weight: f32): void {
  const at = sums + ((<usize>digit) << 3);
  store<f64>(at, load<f64>(at) + <f64>weight);
}

/** The id after the count-th of the logits that are `value`; after the last id if there are fewer. */
function behind(logits: Logits, value: f32, count: f64): u32 {
  const peaks = logits.peaks;
  const limit = before(value);
  let left = count;
  for (let i = peaks.next(0, limit); i < peaks.count; i = peaks.next(i + 1, limit)) {
    for (let id = i * BLOCK, end = min(id + BLOCK, logits.size); id < end; ++id) {
      if (logits.at(id) == value && --left <= 0) return id + 1;
    }
  }
  return logits.size;
}
