import { Candidates } from './candidates';
import { SamplingParameters } from './parameters';
import { Sampler, SamplerKind, Step } from './sampler';
import { Setting } from './setting';

export const MIN_P = new Setting('--min-p', 0.05);

/**
 * Keeps the tokens at least p times as probable as the most probable; p <= 0 keeps all, p > 1 the most probable one
 * (Nguyen et al.: Min p sampling, 2024).
 */
@final
class MinP extends Sampler {
  constructor(private readonly p: f32) {
    super();
  }

  apply(candidates: Candidates, step: Step): void {
    const greatest = candidates.greatest();
    const limit = greatest + Mathf.log(this.p);
    if (limit > greatest) candidates.keepBest(1);
    else candidates.dropBelow(limit);
  }
}

function make(p: SamplingParameters): Sampler | null {
  return p.real(MIN_P) > 0 ? new MinP(p.real(MIN_P)) : null;
}

export const MIN_P_KIND = new SamplerKind('min_p min-p minp', 'm', make);
