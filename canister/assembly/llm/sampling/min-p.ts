import { Candidates } from './candidates';
import { Sampler, Step } from './sampler';

/** Keeps the tokens at least p times as probable as the most probable; p <= 0 keeps all (Nguyen et al.: Min p sampling, 2024). */
export class MinP extends Sampler {
  constructor(private readonly p: f32) {
    super();
  }

  apply(candidates: Candidates, step: Step): void {
    if (this.p > 0) candidates.dropBelow(candidates.greatest() + Mathf.log(this.p));
  }
}
