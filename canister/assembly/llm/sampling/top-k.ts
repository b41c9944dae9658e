import { Candidates } from './candidates';
import { SamplingParameters } from './parameters';
import { Sampler, SamplerKind, Step } from './sampler';
import { Setting } from './setting';

export const TOP_K = new Setting('--top-k', 40, true);

/** Keeps the k most probable tokens; k <= 0 keeps all. */
@final
class TopK extends Sampler {
  constructor(private readonly k: i32) {
    super();
  }

  apply(candidates: Candidates, step: Step): void {
    candidates.keepBest(this.k);
  }

  get leaves(): u32 {
    return this.k;
  }
}

function make(p: SamplingParameters): Sampler | null {
  return p.whole(TOP_K) > 0 ? new TopK(p.whole(TOP_K)) : null;
}

export const TOP_K_KIND = new SamplerKind('top_k top-k topk', 'k', make);
