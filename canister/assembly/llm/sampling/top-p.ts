import { Candidates } from './candidates';
import { SamplingParameters } from './parameters';
import { Sampler, SamplerKind, Step } from './sampler';
import { Setting } from './setting';

export const TOP_P = new Setting('--top-p', 0.95);

/**
 * Keeps the most probable tokens whose probabilities together reach p; p >= 1 keeps all, p <= 0 the most probable one
 * (Holtzman et al.: The curious case of neural text degeneration, 2019).
 */
@final
class TopP extends Sampler {
  constructor(private readonly p: f32) {
    super();
  }

  apply(candidates: Candidates, step: Step): void {
    if (this.p <= 0) return candidates.keepBest(1);
    candidates.keepNucleus(this.p);
  }

  get leaves(): u32 {
    return u32(this.p <= 0);
  }
}

function make(p: SamplingParameters): Sampler | null {
  return p.real(TOP_P) < 1 ? new TopP(p.real(TOP_P)) : null;
}

export const TOP_P_KIND = new SamplerKind('top_p top-p topp nucleus', 'p', make);
