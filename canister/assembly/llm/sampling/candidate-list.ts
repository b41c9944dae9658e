import { Extent } from '../../memory/extent';
import { idOf, keyOf, logitOf } from './candidate-key';
import { exp4 } from './exp';
import { sortDescending } from './selection';
import { leastReaching, selectionBytes } from './weighted-selection';

/**
 * A list of candidates, with their weights once they are weighed:
 *
 *     list    [ key: u64 ] * count      candidate-key.ts
 *     weights [ f32 ] * count           e^(logit - greatest), after `weigh`
 */
export class CandidateList {
  /** Length of the list. */
  count: u32 = 0;
  /** Whether the list is sorted, the best first. */
  isSorted: bool = false;
  /** Memory ran out; the candidates are invalid. */
  isBroken: bool = false;
  /** [ f32 ] * count, after `weigh`. */
  weights: usize = 0;
  protected readonly space: Extent = new Extent();
  protected list: usize = 0;
  private spare: usize = 0;

  /** Makes room for a list of `count` candidates and their weights; what is in the list may be lost. */
  protected reserve(count: u32): bool {
    if (!this.space.reserve(<usize>count * 12 + selectionBytes(count) + 16)) {
      this.isBroken = true;
      return false;
    }
    this.list = this.space.ptr;
    this.weights = this.list + ((<usize>count) << 3);
    this.spare = this.weights + ((<usize>count) << 2);
    return true;
  }

  id(index: u32): u32 {
    return idOf(this.key(index));
  }

  logit(index: u32): f32 {
    return logitOf(this.key(index));
  }

  weight(index: u32): f32 {
    return load<f32>(this.weights + ((<usize>index) << 2));
  }

  /** Replaces the logit of a candidate in the list. */
  setLogit(index: u32, logit: f32): void {
    this.setKey(index, keyOf(this.id(index), logit));
  }

  /** Greatest logit of the list; -infinity if it is empty. */
  protected greatestListed(): f32 {
    let best: u64 = 0;
    for (let i: u32 = 0; i < this.count; ++i) if (this.key(i) > best) best = this.key(i);
    return this.count == 0 ? -Infinity : logitOf(best);
  }

  /** Keeps the `count` best of the list. */
  protected keepFirst(count: u32): void {
    if (count >= this.count) return;
    if (this.isSorted) this.count = count;
    else this.keepKeys(this.list, this.leastOf(this.list, 0, count, false));
  }

  /** `leastReaching` of keys, [ u64 ] * count. */
  leastOf(keys: usize, weights: usize, target: f64, isOver: bool): u64 {
    return leastReaching(keys, weights, this.count, target, isOver, this.spare);
  }

  /** Keeps the list's candidates with a key of at least `least`. keys: [ u64 ] * count, in the order of the list */
  keepKeys(keys: usize, least: u64): void {
    let kept: u32 = 0;
    for (let i: u32 = 0; i < this.count; ++i) {
      if (load<u64>(keys + ((<usize>i) << 3)) >= least) this.setKey(kept++, this.key(i));
    }
    this.count = kept;
  }

  /** Drops, of the weighed list, all candidates that weigh at least `limit` except the last of them. */
  dropTop(limit: f64): void {
    let last = u64.MAX_VALUE;
    for (let i: u32 = 0; i < this.count; ++i) {
      if (<f64>this.weight(i) >= limit) last = min(last, this.key(i));
    }
    let kept: u32 = 0;
    for (let i: u32 = 0; i < this.count; ++i) {
      const key = this.key(i);
      if (<f64>this.weight(i) < limit || key == last) this.setKey(kept++, key);
    }
    this.count = kept;
  }

  /** Divides the logits of the list. */
  protected divide(temperature: f32): void {
    if (temperature == 1) return;
    for (let i: u32 = 0; i < this.count; ++i) this.setLogit(i, this.logit(i) / temperature);
  }

  /** Weighs the list: the weights of `weight`. Returns their sum. */
  weigh(): f64 {
    const greatest = this.greatestListed();
    const count = this.count;
    if (!isFinite(greatest)) {
      for (let i: u32 = 0; i < count; ++i) store<f32>(this.weights + ((<usize>i) << 2), f32(this.logit(i) == greatest));
    } else {
      // Up to three numbers after the last one are weighed with it.
      for (let i: u32 = 0; i < count; i += 4) {
        let four = f32x4.splat(this.logit(i));
        four = f32x4.replace_lane(four, 1, this.logit(i + 1));
        four = f32x4.replace_lane(four, 2, this.logit(i + 2));
        four = f32x4.replace_lane(four, 3, this.logit(i + 3));
        v128.store(this.weights + ((<usize>i) << 2), exp4(f32x4.sub(four, f32x4.splat(greatest))));
      }
    }
    let sum: f64 = 0;
    for (let i: u32 = 0; i < count; ++i) sum += <f64>this.weight(i);
    return sum;
  }

  /** Writes the keys of the `most` best of the list to `into`, [ u64 ] * most, the best first; returns how many. */
  copyBest(most: u32, into: usize): u32 {
    if (this.count == 0) return 0;
    const least = most < this.count ? this.leastOf(this.list, 0, most, false) : 0;
    let count: u32 = 0;
    for (let i: u32 = 0; i < this.count; ++i) {
      if (this.key(i) < least) continue;
      store<u64>(into + ((<usize>count) << 3), this.key(i));
      ++count;
    }
    sortDescending(into, count, 0);
    return count;
  }

  /** Keeps the list's candidates with a probability of at least 2^-bits, and always the most probable one. */
  keepShares(bits: f32): void {
    const sum = this.weigh();
    let kept: u32 = 0;
    let best: u64 = 0;
    for (let i: u32 = 0; i < this.count; ++i) {
      best = max(best, this.key(i));
      if (!(-Mathf.log2(<f32>(<f64>this.weight(i) / sum)) > bits)) this.setKey(kept++, this.key(i));
    }
    if (kept == 0 && this.count > 0) this.setKey(kept++, best);
    this.count = kept;
  }

  /** The probability of a drawn token among the listed candidates. */
  shareOf(id: i32): f32 {
    let sum: f64 = 0;
    let weight: f64 = 0;
    for (let i: u32 = 0; i < this.count; ++i) {
      sum += <f64>this.weight(i);
      if (this.id(i) == id) weight = <f64>this.weight(i);
    }
    return <f32>(weight / sum);
  }

  protected key(index: u32): u64 {
    return load<u64>(this.list + ((<usize>index) << 3));
  }

  protected setKey(index: u32, key: u64): void {
    store<u64>(this.list + ((<usize>index) << 3), key);
  }
}
