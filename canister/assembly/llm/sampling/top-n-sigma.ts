import { Candidates } from './candidates';
import { Moments } from './moments';
import { SamplingParameters } from './parameters';
import { Sampler, SamplerKind, Step } from './sampler';
import { Setting } from './setting';

export const TOP_N_SIGMA = new Setting('--top-nsigma --top-n-sigma', -1);

/**
 * Keeps the tokens whose logits are within n standard deviations of the greatest; n <= 0 keeps all (Tang et al.: Top-nσ,
 * 2024).
 */
@final
class TopNSigma extends Sampler {
  private readonly moments: Moments = new Moments();

  constructor(private readonly n: f32) {
    super();
  }

  apply(candidates: Candidates, step: Step): void {
    const greatest = candidates.greatest();
    if (candidates.isPlain && isFinite(greatest)) {
      const moments = this.moments;
      moments.measure(candidates.logits, greatest);
      if (moments.count > 1) candidates.dropBelow(greatest - this.n * <f32>Math.sqrt(moments.variance));
      return;
    }
    candidates.toList();
    if (candidates.count < 2) return;
    let sum: f32 = 0;
    for (let i: u32 = 0; i < candidates.count; ++i) sum += candidates.logit(i);
    const mean = sum / <f32>candidates.count;
    let squares: f32 = 0;
    for (let i: u32 = 0; i < candidates.count; ++i) {
      const distance = candidates.logit(i) - mean;
      squares += distance * distance;
    }
    candidates.dropBelow(candidates.greatest() - this.n * Mathf.sqrt(squares / <f32>candidates.count));
  }

  get needsAll(): bool {
    return true;
  }
}

function make(p: SamplingParameters): Sampler | null {
  return p.real(TOP_N_SIGMA) > 0 ? new TopNSigma(p.real(TOP_N_SIGMA)) : null;
}

export const TOP_N_SIGMA_KIND = new SamplerKind('top_n_sigma top-n-sigma topnsigma', 's', make);
