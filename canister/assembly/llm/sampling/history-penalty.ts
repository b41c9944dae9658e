import { Candidates } from './candidates';
import { Sampler, Step } from './sampler';
import { sortBytes, sortDescending } from './selection';

/**
 * A sampler that changes the logits of the sequence's tokens, by a number for each token.
 *
 *     seen [ number: u32 | id: u32 ] * count      each token once, by falling id
 *
 * They are sorted, because sorting costs the same for all tokens; with hashing, a prompt could consist of tokens that
 * collide.
 */
export abstract class HistoryPenalty extends Sampler {
  private seen: usize = 0;
  private count: u32 = 0;

  /** How many tokens at the end of a sequence of `count` it looks at. */
  abstract window(count: u32): u32;

  /**
   * Writes [ number: u32 | id: u32 ] for tokens of a window, at most one for each of its tokens, in any order, with
   * repetitions; returns how many.
   *
   * @param spare   4 bytes for each token of the window
   */
  abstract collect(tokens: usize, window: u32, step: Step, into: usize, spare: usize): u32;

  /** The combined number of a token that was collected twice. */
  abstract merged(a: u32, b: u32): u32;

  /** The new logit of a token with this number. */
  abstract penalized(logit: f32, number: u32): f32;

  edits(count: u32): u32 {
    return this.window(count);
  }

  apply(candidates: Candidates, step: Step): void {
    const window = this.window(step.count);
    if (window == 0) return;
    if (!this.look(step, window)) {
      candidates.isBroken = true;
    } else if (this.count == 0) {
      return;
    } else if (candidates.isPlain && candidates.logits.floor == -Infinity) {
      this.edit(candidates);
    } else {
      this.penalizeList(candidates);
    }
  }

  /** Collects the tokens of the window. False if memory is short. */
  private look(step: Step, window: u32): bool {
    const most = (<usize>window) << 3;
    // The spare is no longer needed when sorting begins.
    if (!step.space.reserve(most + max<usize>(sortBytes(window), (<usize>window) << 2))) return false;
    const seen = step.space.ptr;
    const tokens = step.tokens + ((<usize>(step.count - window)) << 2);
    const collected = this.collect(tokens, window, step, seen, seen + most);
    this.seen = seen;
    this.count = 0;
    if (collected == 0) return true;
    sortDescending(seen, collected, seen + most);
    let last = seen;
    for (let at = seen + 8; at < seen + ((<usize>collected) << 3); at += 8) {
      if (load<u32>(at, 4) == load<u32>(last, 4)) {
        store<u32>(last, this.merged(load<u32>(last), load<u32>(at)));
      } else {
        last += 8;
        store<u64>(last, load<u64>(at));
      }
    }
    this.count = <u32>((last - seen) >> 3) + 1;
    return true;
  }

  /** Address of a token's number, or 0. */
  private find(id: u32): usize {
    let low: u32 = 0;
    let high = this.count;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (load<u32>(this.seen + ((<usize>middle) << 3), 4) > id) low = middle + 1;
      else high = middle;
    }
    const at = this.seen + ((<usize>low) << 3);
    return low < this.count && load<u32>(at, 4) == id ? at : 0;
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
      const at = this.find(candidates.id(i));
      if (at != 0) candidates.setLogit(i, this.penalized(candidates.logit(i), load<u32>(at)));
    }
    candidates.isSorted = false;
  }
}
