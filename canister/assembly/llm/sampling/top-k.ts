import { Candidates } from './candidates';
import { Sampler, Step } from './sampler';

/** Keeps the k most probable tokens; k <= 0 keeps all. */
export class TopK extends Sampler {
  constructor(private readonly k: i32) {
    super();
  }

  apply(candidates: Candidates, step: Step): void {
    if (this.k > 0) candidates.keepBest(this.k);
  }
}
