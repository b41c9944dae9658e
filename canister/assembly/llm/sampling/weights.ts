import { exp4 } from './exp';
import { Logits } from './logits';
import { BLOCK_BYTES } from './peaks';

/**
 * Sum of the weights e^((logit - greatest) / temperature) of all logits above `limit`, at about 20 instructions each:
 * blocks of 64 are added up in f32 by four lanes, their sums in f64.
 */
export function sumOfWeights(logits: Logits, greatest: f32, temperature: f32, limit: f32): f64 {
  const peaks = logits.peaks;
  const top = f32x4.splat(greatest);
  const divisor = f32x4.splat(temperature);
  const limits = f32x4.splat(limit);
  let sum: f64 = 0;
  for (let i = peaks.next(0, limit); i < peaks.count; i = peaks.next(i + 1, limit)) {
    let total = f32x4.splat(0);
    let at = peaks.block(i);
    for (const end = at + BLOCK_BYTES; at < end; at += 16) {
      const block = v128.load(at);
      const weights = exp4(f32x4.div(f32x4.sub(block, top), divisor));
      total = f32x4.add(total, v128.and(weights, f32x4.gt(block, limits)));
    }
    const even = <f64>f32x4.extract_lane(total, 0) + <f64>f32x4.extract_lane(total, 1);
    sum += even + <f64>f32x4.extract_lane(total, 2) + <f64>f32x4.extract_lane(total, 3);
  }
  return sum;
}
