import { Extent } from '../extent';
import { orderedBits } from '../ordered-bits';
import { Candidates } from './candidates';
import { Sampler, Step } from './sampler';
import { sortBytes, sortDescending } from './selection';

/**
 * Keeps the tokens whose surprise is nearest to the expected one, until they are together more probable than p; p >= 1
 * keeps all (Meister et al.: Locally typical sampling, 2022).
 */
export class TypicalP extends Sampler {
  constructor(
    private readonly p: f32,
    private readonly space: Extent,
  ) {
    super();
  }

  apply(candidates: Candidates, step: Step): void {
    if (this.p >= 1) return;
    candidates.toList();
    candidates.sort();
    const count = candidates.count;
    if (!this.space.reserve(<usize>count * 8 + sortBytes(count))) {
      candidates.isBroken = true;
      return;
    }
    const sum = candidates.weigh();
    let entropy: f32 = 0;
    for (let i: u32 = 0; i < count; ++i) {
      const p = candidates.weight(i) / sum;
      if (p > 0) entropy -= p * Mathf.log(p);
    }
    // Keys that sort descending are those of the negated distances; of equal ones the more probable token comes first.
    const keys = this.space.ptr;
    for (let i: u32 = 0; i < count; ++i) {
      const distance = Mathf.abs(-Mathf.log(candidates.weight(i) / sum) - entropy);
      store<u64>(keys + ((<usize>i) << 3), ((<u64>orderedBits(-distance)) << 32) | ~i);
    }
    sortDescending(keys, count, keys + ((<usize>count) << 3));
    let reached: f32 = 0;
    let kept: u32 = 0;
    while (kept < count && !(reached > this.p)) {
      const at = keys + (usize(kept++) << 3);
      const index = ~load<u32>(at);
      store<u64>(at, index);
      reached += candidates.weight(index) / sum;
    }
    candidates.choose(keys, kept);
  }
}
