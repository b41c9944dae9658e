import { Logits } from './logits';
import { BLOCK_BYTES } from './peaks';

/** Mean and variance of the candidates among the logits of a whole vocabulary: about 7 instructions a token. */
export class Moments {
  /** Candidates. */
  count: f64 = 0;
  /** Mean of their distances from the greatest logit, at most 0. */
  mean: f64 = 0;
  variance: f64 = 0;

  /** @param greatest the greatest logit, finite */
  measure(logits: Logits, greatest: f32): void {
    const peaks = logits.peaks;
    const top = f32x4.splat(greatest);
    const floor = f32x4.splat(logits.floor);
    let sum: f64 = 0;
    let squares: f64 = 0;
    let count: i32 = 0;
    for (let i = peaks.next(0, logits.floor); i < peaks.count; i = peaks.next(i + 1, logits.floor)) {
      let sums4 = f32x4.splat(0);
      let squares4 = f32x4.splat(0);
      let count4 = i32x4.splat(0);
      let at = peaks.block(i);
      for (const end = at + BLOCK_BYTES; at < end; at += 64) {
        const a = v128.load(at);
        const isA = f32x4.gt(a, floor);
        const fromA = v128.and(f32x4.sub(a, top), isA);
        sums4 = f32x4.add(sums4, fromA);
        squares4 = f32x4.add(squares4, f32x4.mul(fromA, fromA));
        const b = v128.load(at, 16);
        const isB = f32x4.gt(b, floor);
        const fromB = v128.and(f32x4.sub(b, top), isB);
        sums4 = f32x4.add(sums4, fromB);
        squares4 = f32x4.add(squares4, f32x4.mul(fromB, fromB));
        const c = v128.load(at, 32);
        const isC = f32x4.gt(c, floor);
        const fromC = v128.and(f32x4.sub(c, top), isC);
        sums4 = f32x4.add(sums4, fromC);
        squares4 = f32x4.add(squares4, f32x4.mul(fromC, fromC));
        const d = v128.load(at, 48);
        const isD = f32x4.gt(d, floor);
        const fromD = v128.and(f32x4.sub(d, top), isD);
        sums4 = f32x4.add(sums4, fromD);
        squares4 = f32x4.add(squares4, f32x4.mul(fromD, fromD));
        count4 = i32x4.sub(count4, i32x4.add(i32x4.add(isA, isB), i32x4.add(isC, isD)));
      }
      sum += total(sums4);
      squares += total(squares4);
      count += i32x4.extract_lane(count4, 0) + i32x4.extract_lane(count4, 1);
      count += i32x4.extract_lane(count4, 2) + i32x4.extract_lane(count4, 3);
    }
    const n = <f64>count;
    this.count = n;
    this.mean = sum / n;
    this.variance = max<f64>(0, squares / n - this.mean * this.mean);
  }
}

function total(lanes: v128): f64 {
  const even = <f64>f32x4.extract_lane(lanes, 0) + <f64>f32x4.extract_lane(lanes, 1);
  return even + <f64>f32x4.extract_lane(lanes, 2) + <f64>f32x4.extract_lane(lanes, 3);
}
