import { Extent } from '../extent';
import { Candidates } from './candidates';
import { Sampler, Step } from './sampler';
import { sortBytes, sortDescending } from './selection';

/**
 * Penalises the tokens among the last `last` of the sequence (-1: of all of it): divides positive logits by `repeat` and
 * multiplies the others with it, then subtracts `frequency` for each occurrence and `presence` once.
 *
 *     seen [ occurrences: u32 | id: u32 ] * count      each token of the window once, by falling id
 *
 * Sorting costs the same whatever the tokens are; hashed, a prompt could be written whose tokens collide.
 */
export class Penalties extends Sampler {
  private seen: usize = 0;
  private count: u32 = 0;

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
    if (!this.look(step, window)) {
      candidates.isBroken = true;
    } else if (candidates.isPlain && candidates.logits.floor == -Infinity) {
      this.edit(candidates);
    } else {
      this.penalizeList(candidates);
    }
  }

  /** Collects the tokens of the window. False if memory is short. */
  private look(step: Step, window: u32): bool {
    const bytes = (<usize>window) << 3;
    if (!this.space.reserve(bytes + sortBytes(window))) return false;
    const seen = this.space.ptr;
    for (let i: u32 = 0; i < window; ++i) {
      const id = load<u32>(step.tokens + ((<usize>(step.count - window + i)) << 2));
      store<u64>(seen + ((<usize>i) << 3), ((<u64>id) << 32) | 1);
    }
    sortDescending(seen, window, seen + bytes);
    let last = seen;
    for (let at = seen + 8; at < seen + bytes; at += 8) {
      if (load<u32>(at, 4) == load<u32>(last, 4)) {
        store<u32>(last, load<u32>(last) + 1);
      } else {
        last += 8;
        store<u64>(last, load<u64>(at));
      }
    }
    this.seen = seen;
    this.count = <u32>((last - seen) >> 3) + 1;
    return true;
  }

  /** How often the token occurs. */
  private occurrences(id: u32): u32 {
    let low: u32 = 0;
    let high = this.count;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (load<u32>(this.seen + ((<usize>middle) << 3), 4) > id) low = middle + 1;
      else high = middle;
    }
    const at = this.seen + ((<usize>low) << 3);
    return low < this.count && load<u32>(at, 4) == id ? load<u32>(at) : 0;
  }

  private edit(candidates: Candidates): void {
    const logits = candidates.logits;
    for (let i: u32 = 0; i < this.count; ++i) {
      const at = this.seen + ((<usize>i) << 3);
      const id = load<u32>(at, 4);
      if (id < logits.size) logits.edit(id, this.penalized(logits.at(id), load<u32>(at)));
    }
  }

  private penalizeList(candidates: Candidates): void {
    candidates.toList();
    for (let i: u32 = 0; i < candidates.count; ++i) {
      const occurrences = this.occurrences(candidates.id(i));
      if (occurrences > 0) candidates.setLogit(i, this.penalized(candidates.logit(i), occurrences));
    }
    candidates.isSorted = false;
  }

  private penalized(logit: f32, occurrences: u32): f32 {
    const scaled = logit <= 0 ? logit * this.repeat : logit / this.repeat;
    return scaled - <f32>(<i32>occurrences) * this.frequency - this.presence;
  }
}
