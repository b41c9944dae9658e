import { Extent } from '../extent';
import { idOf, keyOf, logitOf } from './candidate-key';
import { Envelope, LEAST } from './envelope';
import { exp1 } from './exp';
import { Logits, before } from './logits';
import { Nucleus } from './nucleus';
import { Random } from './random';
import { drawByRejection, rejectionBytes } from './rejection';
import { sortBytes, sortDescending } from './selection';

/**
 * The tokens that may still be drawn. They begin as the whole vocabulary, which is not copied: samplers that can, work
 * on the logits in place; the first that cannot makes a list of them. While they are whole they are the logits above
 * `logits.floor`, and of those the ones in the nucleus, if there is one.
 *
 *     list    [ key: u64 ] * count      candidate-key.ts
 *     weights [ f32 ] * count           e^(logit - greatest), after `weigh`
 */
export class Candidates {
  readonly logits: Logits = new Logits();
  /** Whether there is no list yet. */
  isWhole: bool = true;
  /** What the logits are to be divided by while they are whole. */
  temperature: f32 = 1;
  /** Length of the list. */
  count: u32 = 0;
  /** Whether the list is sorted, the best first. */
  isSorted: bool = false;
  /** Memory ran out; the candidates mean nothing any more. */
  isBroken: bool = false;
  private readonly space: Extent = new Extent();
  private list: usize = 0;
  private weights: usize = 0;
  private sorting: usize = 0;
  /** What the whole vocabulary has been cut to and nobody has looked at yet. */
  private nucleus: Nucleus | null = null;

  /** Begins with a vocabulary's logits, [ f32 ] * size at `logits`, of which at most `edits` may be edited. */
  begin(logits: usize, size: u32, edits: u32): void {
    this.isWhole = true;
    this.temperature = 1;
    this.nucleus = null;
    this.count = 0;
    this.isSorted = false;
    this.isBroken = !this.logits.begin(logits, size, edits);
  }

  /** Whether the candidates are just the logits above `logits.floor`. */
  get isPlain(): bool {
    return this.isWhole && this.temperature == 1 && this.nucleus == null;
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

  /** Makes the list: by rising id, or sorted. */
  toList(): void {
    if (!this.isWhole || !this.reserve(this.logits.size)) return;
    const nucleus = this.nucleus;
    this.count = this.logits.collect(this.list);
    if (nucleus != null) this.cut(nucleus);
    this.becomeList(this.count, nucleus != null);
  }

  /** Sorts the list, which is of logits that are not divided yet, and leaves of it what is in the nucleus. */
  private cut(nucleus: Nucleus): void {
    const greatest = this.logits.greatest();
    const limit = <f64>nucleus.p * nucleus.sum(this.logits, greatest);
    this.isSorted = false;
    this.sort();
    let reached: f64 = 0;
    let kept: u32 = 0;
    while (kept < this.count && reached < limit) reached += <f64>nucleus.weight(this.logit(kept++), greatest);
    this.count = kept;
  }

  /** Keeps the `count` (> 0) best; makes the list, sorted. */
  keepBest(count: u32): void {
    if (this.isWhole && count == 1) return this.keepGreatest();
    if (this.nucleus != null) this.toList();
    if (this.isWhole) {
      const most = min(count, this.logits.size);
      if (this.reserve(most)) this.becomeList(this.logits.select(most, this.list), true);
    } else {
      this.sort();
      this.count = min(this.count, count);
    }
  }

  /** Keeps the most probable that together reach p (0 < p < 1), if that can be done without a list. */
  keepNucleus(p: f32): bool {
    if (!this.isWhole || this.nucleus != null || !isFinite(this.logits.greatest())) return false;
    this.nucleus = new Nucleus(p, this.temperature, this.logits.floor);
    return true;
  }

  /** Whether it can be told without a list that every candidate is less probable than `p`. */
  areAllBelow(p: f32): bool {
    const greatest = this.logits.greatest();
    if (!this.isWhole || !isFinite(greatest)) return false;
    const nucleus = this.nucleus;
    const envelope = new Envelope(this.logits, greatest, this.temperature);
    let sum = envelope.sumAbove(this.logits.floor);
    if (nucleus != null) {
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
    this.nucleus = null;
    this.count = count;
    this.isSorted = isSorted;
    this.divide(this.temperature);
  }

  /** Divides the logits of the list. */
  divide(temperature: f32): void {
    if (temperature == 1) return;
    for (let i: u32 = 0; i < this.count; ++i) this.setLogit(i, this.logit(i) / temperature);
  }

  /** Sorts the list. */
  sort(): void {
    if (!this.isSorted) sortDescending(this.list, this.count, this.sorting);
    this.isSorted = true;
  }

  /** Drops every candidate below `limit`. */
  dropBelow(limit: f32): void {
    if (this.isWhole && this.temperature == 1) {
      const floor = before(limit);
      if (floor > this.logits.floor) this.logits.floor = floor;
      return;
    }
    this.toList();
    this.compact(limit);
  }

  private compact(limit: f32): void {
    let kept: u32 = 0;
    for (let i: u32 = 0; i < this.count; ++i) {
      const key = this.key(i);
      if (logitOf(key) >= limit) this.setKey(kept++, key);
    }
    this.count = kept;
  }

  /** Weighs the list: the weights of `weight`. Returns their sum, added up in the order of the list. */
  weigh(): f32 {
    const greatest = this.greatest();
    let sum: f32 = 0;
    for (let i: u32 = 0; i < this.count; ++i) {
      const logit = this.logit(i);
      // The greatest weighs 1 even where it is infinite.
      const weight: f32 = logit == greatest ? 1 : exp1(logit - greatest);
      store<f32>(this.weights + ((<usize>i) << 2), weight);
      sum += weight;
    }
    return sum;
  }

  /** Drops the `count` first of the list. */
  dropFirst(count: u32): void {
    this.list += (<usize>count) << 3;
    this.weights += (<usize>count) << 2;
    this.count -= count;
  }

  /** Replaces the list by the candidates at `chosen`, [ index: u32 in the lower half of a u64 ] * count. */
  choose(chosen: usize, count: u32): void {
    for (let i: u32 = 0; i < count; ++i) {
      const at = chosen + ((<usize>i) << 3);
      store<u64>(at, this.key(load<u32>(at)));
    }
    memory.copy(this.list, chosen, (<usize>count) << 3);
    this.count = count;
    this.isSorted = false;
  }

  /** Draws one by weight; -1 if there is none. */
  draw(random: Random): i32 {
    const id = this.isWhole ? this.drawWhole(random) : -1;
    if (id >= 0) return id;
    this.toList();
    const u = random.next();
    this.weigh();
    let sum: f64 = 0;
    for (let i: u32 = 0; i < this.count; ++i) sum += this.weight(i);
    const target = u * sum;
    let last = -1;
    sum = 0;
    for (let i: u32 = 0; i < this.count && sum <= target; ++i) {
      if (this.weight(i) == 0) continue;
      sum += this.weight(i);
      last = this.id(i);
    }
    return last;
  }

  private drawWhole(random: Random): i32 {
    const greatest = this.logits.greatest();
    if (!isFinite(greatest) || !this.space.reserve(rejectionBytes(this.logits))) return -1;
    return drawByRejection(this.logits, greatest, this.temperature, this.nucleus, random, this.space.ptr);
  }

  /** Makes room for a list of `count` candidates and their weights. */
  private reserve(count: u32): bool {
    // Growing loses the list, and only a whole vocabulary, which has none, is made a list.
    if (!this.space.reserve(<usize>count * 12 + sortBytes(count))) {
      this.isBroken = true;
      this.becomeList(0, true);
      return false;
    }
    this.list = this.space.ptr;
    this.weights = this.list + ((<usize>count) << 3);
    this.sorting = this.weights + ((<usize>count) << 2);
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
