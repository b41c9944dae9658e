import { orderedBits } from '../ordered-bits';
import { keyOf } from './candidate-key';
import { CandidateList } from './candidate-list';
import { Envelope, LEAST, LEAST_TEMPERATURE } from './envelope';
import { before } from './adjacent';
import { Logits } from './logits';
import { Nucleus } from './nucleus';
import { Random } from './random';
import { drawByRejection, rejectionBytes } from './rejection';
import { sortDescending } from './selection';

/** Up to this many best of a whole vocabulary are sorted. */
const FEW: u32 = 128;
/** Logits found by `Logits.raiseFloor`, as a multiple of the wanted number, at most. */
const FOUND: u32 = 17;

/**
 * The tokens that may still be drawn. At first they are the whole vocabulary, which is not copied: samplers work on the
 * logits in place as long as they can; the first that cannot makes a list. Without a list, the candidates are the
 * logits above `logits.floor`, restricted to the nucleus if there is one.
 */
export class Candidates extends CandidateList {
  // No object is made for a token, because garbage is collected only after a call.
  readonly logits: Logits;
  private readonly envelope: Envelope;
  private readonly nucleus: Nucleus;
  /** Whether there is no list yet. */
  isWhole: bool = true;
  /** The divisor of the logits, not yet applied while they are whole. */
  temperature: f32 = 1;
  /** Whether the candidates are the nucleus of the whole vocabulary, of which there is no list yet. */
  private isCut: bool = false;

  constructor() {
    super();
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

  /** Greatest logit; -infinity if there is no candidate. */
  greatest(): f32 {
    return this.isWhole ? this.logits.greatest() / this.temperature : this.greatestListed();
  }

  /** Room for a list in place of the whole vocabulary, which has none to lose; without room there are no candidates. */
  private makeRoom(count: u32): bool {
    if (this.reserve(count)) return true;
    this.becomeList(0, true);
    return false;
  }

  private becomeList(count: u32, isSorted: bool): void {
    this.isWhole = false;
    this.isCut = false;
    this.count = count;
    this.isSorted = isSorted;
    this.divide(this.temperature);
  }

  /** Keeps these of the whole vocabulary, [ u32 ] * count, rising; makes the list. */
  keepOnly(ids: usize, count: u32): void {
    if (!this.makeRoom(count)) return;
    let kept: u32 = 0;
    for (let i: u32 = 0; i < count; ++i) {
      const id = load<u32>(ids + ((<usize>i) << 2));
      const logit = this.logits.at(id);
      if (logit > -Infinity) this.setKey(kept++, keyOf(id, logit));
    }
    this.becomeList(kept, false);
  }

  /** Makes the list, by rising id. */
  toList(): void {
    if (!this.isWhole || !this.makeRoom(this.logits.size)) return;
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
      if (!this.makeRoom(most > size / FOUND ? size : FOUND * most)) return;
      this.logits.raiseFloor(most);
      this.count = this.logits.collect(this.list, most);
      this.keepFirst(most);
      const isFew = count <= FEW;
      if (isFew) sortDescending(this.list, this.count, 0);
      this.becomeList(this.count, isFew);
    }
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
    if (!this.makeRoom(1)) return;
    const greatest = this.logits.greatest();
    const id = greatest > -Infinity ? this.logits.find(greatest) : -1;
    if (id >= 0) this.setKey(0, keyOf(id, greatest));
    this.becomeList(u32(id >= 0), true);
  }

  /** Divides the logits by a temperature; 0 or less, or so little that quotients overflow, keeps only the greatest. */
  cool(temperature: f32): void {
    const greatest = this.greatest();
    if (temperature <= 0 || (isFinite(greatest) && !isFinite(greatest / temperature))) return this.keepBest(1);
    // For a whole vocabulary only the product is kept; the logits are divided on demand.
    if (this.isWhole) this.temperature = max(LEAST_TEMPERATURE, this.temperature * temperature);
    else this.divide(temperature);
  }

  /** Drops every candidate below `limit`. */
  dropBelow(limit: f32): void {
    if (isNaN(limit) || limit == -Infinity) return;
    if (this.isWhole && this.logits.dropBelow(limit, this.temperature)) return;
    this.toList();
    this.keepKeys(this.list, (<u64>orderedBits(limit)) << 32);
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

  dispose(): void {
    this.space.release();
    this.logits.dispose();
  }
}
