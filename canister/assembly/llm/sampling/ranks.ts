import { fromOrderedBits, orderedBits } from '../ordered-bits';
import { before } from './adjacent';
import { Peaks } from './peaks';

/** Halvings of an interval whose other half has no numbers, before the least in it is looked for. */
const PATIENCE: i32 = 2;

/**
 * Finds what the best of a vocabulary are above, whatever order its logits are in.
 *
 * The greatest of every 16 logits are known (peaks.ts); here also the greatest of every 16 of those, and of every 16 of
 * these. Where k peaks are above a number, k logits are at least. So a number found among the few coarsest peaks is where
 * the search among finer ones begins, and it passes over blocks that have nothing above it. Each search halves an interval
 * of f32 and counts what is above its middle: nothing depends on where the great ones stand.
 */
export class Ranks {
  private readonly coarse: Peaks = new Peaks();
  private readonly coarsest: Peaks = new Peaks();
  /** Order (ordered-bits.ts) of the number that was found so far, and how far from it the next is looked for. */
  private low: u32 = 0;
  private step: u32 = 0;

  /** @param fine   peaks of the logits; they may be measured later */
  constructor(private readonly fine: Peaks) {}

  /** Makes room, once the peaks have theirs. False if memory is short. */
  begin(): bool {
    const fine = this.fine;
    const coarse = this.coarse;
    return coarse.begin(fine.peaks, fine.count << 2) && this.coarsest.begin(coarse.peaks, coarse.count << 2);
  }

  dispose(): void {
    this.coarse.dispose();
    this.coarsest.dispose();
  }

  /**
   * A number, `floor` or more, that `count` logits (> 0) are above, if so many are above the floor, and at most 2 * count;
   * where too many are equal for that, less than `count` are above the next number.
   *
   * @param greatest   the greatest logit; the peaks are of the logits as they are
   */
  below(count: u32, floor: f32, greatest: f32): f32 {
    this.coarse.measure();
    this.coarsest.measure();
    this.low = orderedBits(floor);
    this.step = u32.MAX_VALUE;
    const high = orderedBits(greatest);
    this.raise(this.coarsest, count, high);
    this.raise(this.coarse, count, high);
    this.raise(this.fine, count, high);
    return fromOrderedBits(this.low);
  }

  /** Raises `low` to what `below` promises, of the numbers that these are the peaks of. */
  private raise(peaks: Peaks, count: u32, greatest: u32): void {
    const most: u32 = 2 * count;
    let low = this.low;
    let above = peaks.countAbove(fromOrderedBits(low), most);
    if (above <= most) return;
    let high = greatest;
    let atLow = ((<u64>peaks.counted) << 32) | above;
    let atHigh = (<u64>peaks.count) << 32;
    let gaps = 0;
    let patience = PATIENCE;
    // What coarser peaks found is near: the steps from there on double until one is too far.
    let step = this.step;
    let isTooFar = false;
    while (high - low > 1) {
      const middle = low + min(step, (high - low) >> 1);
      above = peaks.countAbove(fromOrderedBits(middle), most);
      const at = ((<u64>peaks.counted) << 32) | above;
      gaps += i32(at == atLow || at == atHigh);
      if (above >= count) {
        low = middle;
        atLow = at;
        if (above <= most) break;
        // One number further is where many are equal.
        step = isTooFar || step == 1 || step >> 31 ? u32.MAX_VALUE : step << 1;
      } else {
        high = middle;
        atHigh = at;
        isTooFar = true;
        step = u32.MAX_VALUE;
      }
      if (gaps < patience) continue;
      // Between two numbers halving does not end soon: the lower one is looked at.
      gaps = 0;
      patience <<= 1;
      low = orderedBits(before(peaks.leastAbove(fromOrderedBits(low))));
      step = 1;
    }
    this.low = low;
    this.step = max<u32>(1, (high - low) >> 1);
  }
}
