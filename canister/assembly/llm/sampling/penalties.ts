import { Extent } from '../extent';
import { Candidates } from './candidates';
import { Sampler, Step } from './sampler';

const SLOT: usize = 8;

/**
 * Penalises the tokens among the last `last` of the sequence (-1: of all of it): divides positive logits by `repeat` and
 * multiplies the others with it, then subtracts `frequency` for each occurrence and `presence` once.
 *
 *     slots [ id + 1: u32, 0 if free | occurrences: u32 ] * capacity     hashed, linear probing, at most half full
 */
export class Penalties extends Sampler {
  private mask: u32 = 0;

  constructor(
    private readonly last: i32,
    private readonly repeat: f32,
    private readonly frequency: f32,
    private readonly presence: f32,
    private readonly space: Extent,
  ) {
    super();
  }

  /** Tokens of a sequence of `count` that are looked at. */
  window(count: u32): u32 {
    if (this.repeat == 1 && this.frequency == 0 && this.presence == 0) return 0;
    return this.last < 0 ? count : min<u32>(count, this.last);
  }

  apply(candidates: Candidates, step: Step): void {
    const window = this.window(step.count);
    if (window == 0) return;
    if (!this.count(step, window)) {
      candidates.isBroken = true;
    } else if (candidates.isWhole && candidates.temperature == 1 && candidates.logits.floor == -Infinity) {
      this.edit(candidates);
    } else {
      this.penalizeList(candidates);
    }
  }

  /** Counts the tokens of the window. False if memory is short. */
  private count(step: Step, window: u32): bool {
    let capacity: u32 = 16;
    while (capacity < 2 * window) capacity <<= 1;
    if (!this.space.reserve(<usize>capacity * SLOT)) return false;
    memory.fill(this.space.ptr, 0, <usize>capacity * SLOT);
    this.mask = capacity - 1;
    for (let i = step.count - window; i < step.count; ++i) {
      const id = load<u32>(step.tokens + ((<usize>i) << 2));
      const slot = this.slot(id);
      store<u32>(slot, id + 1);
      store<u32>(slot, load<u32>(slot, 4) + 1, 4);
    }
    return true;
  }

  private slot(id: u32): usize {
    let at = (id * 0x9e3779b1) >> 8;
    let slot = this.space.ptr + <usize>(at & this.mask) * SLOT;
    while (load<u32>(slot) != 0 && load<u32>(slot) != id + 1) slot = this.space.ptr + <usize>(++at & this.mask) * SLOT;
    return slot;
  }

  private edit(candidates: Candidates): void {
    const logits = candidates.logits;
    for (let at: u32 = 0; at <= this.mask; ++at) {
      const slot = this.space.ptr + <usize>at * SLOT;
      const id = load<u32>(slot) - 1;
      // A free slot's id, 0 - 1, is beyond every vocabulary.
      if (id < logits.size) logits.edit(id, this.penalized(logits.at(id), load<u32>(slot, 4)));
    }
  }

  private penalizeList(candidates: Candidates): void {
    candidates.toList();
    for (let i: u32 = 0; i < candidates.count; ++i) {
      const occurrences = load<u32>(this.slot(candidates.id(i)), 4);
      if (occurrences > 0) candidates.setLogit(i, this.penalized(candidates.logit(i), occurrences));
    }
    candidates.isSorted = false;
  }

  private penalized(logit: f32, occurrences: u32): f32 {
    const scaled = logit <= 0 ? logit * this.repeat : logit / this.repeat;
    return scaled - <f32>(<i32>occurrences) * this.frequency - this.presence;
  }
}
