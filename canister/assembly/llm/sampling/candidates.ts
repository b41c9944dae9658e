import { Extent } from '../../memory/extent';
import { orderedBits } from '../ordered-bits';
import { idOf, keyOf, logitOf } from './candidate-key';
import { Envelope, LEAST, LEAST_TEMPERATURE } from './envelope';
import { exp4 } from './exp';
import { before } from './adjacent';
import { Logits } from './logits';
import { Nucleus } from './nucleus';
import { Random } from './random';
import { drawByRejection, rejectionBytes } from './rejection';
import { sortDescending } from './selection';
import { leastReaching, selectionBytes } from './weighted-selection';

/** Up to this many best of a whole vocabulary are sorted. */
const FEW: u32 = 128;
/** Logits found by `Logits.raiseFloor`, as a multiple of the wanted number, at most. */
const FOUND: u32 = 17;

/**
 * The tokens that may still be drawn. At first they are the whole vocabulary, which is not copied: samplers work on the
 * logits in place as long as they can; the first that cannot makes a list. Without a list, the candidates are the
 * logits above `logits.floor`, restricted to the nucleus if there is one.
 *
 *     list    [ key: u64 ] * count      candidate-key.ts
 *     weights [ f32 ] * count           e^(logit - greatest), after `weigh`
 */
export class Candidates {
  // No object is made for a token, because garbage is collected only after a call.
  readonly logits: Logits;
  private readonly envelope: Envelope;
  private readonly nucleus: Nucleus;
  /** Whether there is no list yet. */
  isWhole: bool = true;
  /** The divisor of the logits, not yet applied while they are whole. */
  temperature: f32 = 1;
  /** Length of the list. */
  count: u32 = 0;
  /** Whether the list is sorted, the best first. */
  isSorted: bool = false;
  /** Memory ran out; the candidates are invalid. */
  isBroken: bool = false;
  private readonly space: Extent = new Extent();
  private list: usize = 0;
  /** [ f32 ] * count, after `weigh`. */
  weights: usize = 0;
  private spare: usize = 0;
  /** Whether the candidates are the nucleus of the whole vocabulary, of which there is no list yet. */
  private isCut: bool = false;

  constructor() {
    const logits = new Logits();
    this.logits = logits;
    this.envelope = new Envelope(logits);
    this.nucleus = new Nucleus(logits);
  }

  /** Begins with a vocabulary's logits, [ f32 ] * size at `logits`, of which at most `edits` may be edited. */
  begin(logits: usize, size: u32, edits: u32): void {
    this.isWhole = true;
    this.temperature = 1;
    this.isCut = false;
    this.count = 0;
    this.isSorted = false;
    this.isBroken = !this.logits.begin(logits, size, edits);
  }

  /** Whether the candidates are exactly the logits above `logits.floor`. */
  get isPlain(): bool {
    return this.isWhole && this.temperature == 1 && !this.isCut;
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

  /** Greatest logit; -infinity if there is no candidate. */
  greatest(): f32 {
    if (this.isWhole) return this.logits.greatest() / this.temperature;
    let best: u64 = 0;
    for (let i: u32 = 0; i < this.count; ++i) if (this.key(i) > best) best = this.key(i);
    return this.count == 0 ? -Infinity : logitOf(best);
  }

  /** Makes the list, by rising id. */
  toList(): void {
    if (!this.isWhole || !this.reserve(this.logits.size)) return;
    if (!this.isCut) {
      this.count = this.logits.collect(this.list, u32.MAX_VALUE);
    } else {
      const boundary = this.nucleus.boundary();
      this.logits.floor = max(this.logits.floor, before(boundary.least));
      this.count = this.logits.collect(this.list, u32.MAX_VALUE);
      this.keepKeys(this.list, keyOf(boundary.end - 1, boundary.least));
    }
    this.becomeList(this.count, false);
  }

  /** Keeps the `count` (> 0) best; makes the list. */
  keepBest(count: u32): void {
    if (count == 1 && this.isWhole) return this.keepGreatest();
    if (this.isCut) this.toList();
    if (!this.isWhole) {
      this.keepFirst(count);
    } else {
      const size = this.logits.size;
      const most = min(count, size);
      if (!this.reserve(most > size / FOUND ? size : FOUND * most)) return;
      this.logits.raiseFloor(most);
      this.count = this.logits.collect(this.list, most);
      this.keepFirst(most);
      const isFew = count <= FEW;
      if (isFew) sortDescending(this.list, this.count, 0);
      this.becomeList(this.count, isFew);
    }
  }

  /** Keeps the `count` best of the list. */
  private keepFirst(count: u32): void {
    if (count >= this.count) return;
    if (this.isSorted) this.count = count;
    else this.keepKeys(this.list, this.leastOf(this.list, 0, count, false));
  }

  /** Keeps the most probable that together reach p (0 < p < 1); for a whole vocabulary without a list, if possible. */
  keepNucleus(p: f32): void {
    if (this.isWhole && !this.isCut && isFinite(this.logits.greatest())) {
      this.nucleus.begin(p, this.temperature, this.logits.floor);
      this.isCut = true;
      return;
    }
    this.toList();
    if (this.count == 0) return;
    const target = <f64>p * this.weigh();
    if (!this.isSorted) return this.keepKeys(this.list, this.leastOf(this.list, this.weights, target, false));
    let reached: f64 = 0;
    let kept: u32 = 0;
    while (kept < this.count && reached < target) reached += <f64>this.weight(kept++);
    this.count = kept;
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

  /** Whether every candidate is known, without a list, to be less probable than `p`. */
  areAllBelow(p: f32): bool {
    const greatest = this.logits.greatest();
    if (!this.isWhole || !isFinite(greatest)) return false;
    const nucleus = this.nucleus;
    const envelope = this.envelope;
    envelope.begin(greatest, this.temperature);
    let sum = envelope.sumAbove(this.logits.floor);
    if (this.isCut) {
      if (nucleus.temperature != this.temperature) return false;
      sum = min(sum, <f64>nucleus.p * envelope.sumAbove(nucleus.floor));
    }
    return 1 < <f64>p * LEAST * sum;
  }

  private keepGreatest(): void {
    if (!this.reserve(1)) return;
    const greatest = this.logits.greatest();
    const id = greatest > -Infinity ? this.logits.find(greatest) : -1;
    if (id >= 0) this.setKey(0, keyOf(id, greatest));
    this.becomeList(u32(id >= 0), true);
  }

  private becomeList(count: u32, isSorted: bool): void {
    this.isWhole = false;
    this.isCut = false;
    this.count = count;
    this.isSorted = isSorted;
    this.divide(this.temperature);
  }

  /** Divides the logits by a temperature; 0 or less, or so little that quotients overflow, keeps only the greatest. */
  cool(temperature: f32): void {
    const greatest = this.greatest();
    if (temperature <= 0 || (isFinite(greatest) && !isFinite(greatest / temperature))) return this.keepBest(1);
    // For a whole vocabulary only the product is kept; the logits are divided on demand.
    if (this.isWhole) this.temperature = max(LEAST_TEMPERATURE, this.temperature * temperature);
    else this.divide(temperature);
  }

  private divide(temperature: f32): void {
    if (temperature == 1) return;
    for (let i: u32 = 0; i < this.count; ++i) this.setLogit(i, this.logit(i) / temperature);
  }

  /** Drops every candidate below `limit`. */
  dropBelow(limit: f32): void {
    if (isNaN(limit) || limit == -Infinity) return;
    if (this.isWhole && this.logits.dropBelow(limit, this.temperature)) return;
    this.toList();
    this.keepKeys(this.list, (<u64>orderedBits(limit)) << 32);
  }

  /** Weighs the list: the weights of `weight`. Returns their sum. */
  weigh(): f64 {
    const greatest = this.greatest();
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

  /** Draws one by weight; -1 if there is none. */
  draw(random: Random): i32 {
    const id = this.isWhole ? this.drawWhole(random) : -1;
    if (id >= 0) return id;
    this.toList();
    const target = random.next() * this.weigh();
    let last = -1;
    let sum: f64 = 0;
    for (let i: u32 = 0; i < this.count && sum <= target; ++i) {
      if (this.weight(i) == 0) continue;
      sum += <f64>this.weight(i);
      last = this.id(i);
    }
    return last;
  }

  private drawWhole(random: Random): i32 {
    const greatest = this.logits.greatest();
    if (!isFinite(greatest) || !this.space.reserve(rejectionBytes(this.logits))) return -1;
    const nucleus = this.isCut ? this.nucleus : null;
    return drawByRejection(this.envelope, this.logits, greatest, this.temperature, nucleus, random, this.space.ptr);
  }

  /** Makes room for a list of `count` candidates and their weights. */
  private reserve(count: u32): bool {
    // Growing loses the list, but only a whole vocabulary, which has none, is turned into one.
    if (!this.space.reserve(<usize>count * 12 + selectionBytes(count) + 16)) {
      this.isBroken = true;
      this.becomeList(0, true);
      return false;
    }
    this.list = this.space.ptr;
    this.weights = this.list + ((<usize>count) << 3);
    this.spare = this.weights + ((<usize>count) << 2);
    return true;
  }

  dispose(): void {
    this.space.release();
    this.logits.dispose();
  }

  private key(index: u32): u64 {
    return load<u64>(this.list + ((<usize>index) << 3));
  }

  private setKey(index: u32, key: u64): void {
    store<u64>(this.list + ((<usize>index) << 3), key);
  }
}
