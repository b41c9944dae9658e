import { orderedBits } from '../ordered-bits';
import { Candidates } from './candidates';
import { expectedDistance } from './expected-distance';
import { SamplingParameters } from './parameters';
import { Sampler, SamplerKind, Step } from './sampler';
import { Setting } from './setting';

export const TYPICAL_P = new Setting('--typical --typical-p', 1);

/**
 * Keeps the tokens whose surprise is nearest to the expected one, until their total probability exceeds p; p >= 1 keeps
 * all (Meister et al.: Locally typical sampling, 2022).
 */
@final
class TypicalP extends Sampler {
  constructor(private readonly p: f32) {
    super();
  }

  apply(candidates: Candidates, step: Step): void {
    candidates.toList();
    const count = candidates.count;
    if (count == 0) return;
    if (!step.space.reserve(<usize>count * 8)) {
      candidates.isBroken = true;
      return;
    }
    const sum = candidates.weigh();
    const mean = expectedDistance(candidates, sum);
    const greatest = candidates.greatest();
    // The distance between surprises is that between logits. Greater keys are nearer; at equal distances the greater
    // logit comes first, then the lower id.
    const keys = step.space.ptr;
    for (let i: u32 = 0; i < count; ++i) {
      const logit = candidates.logit(i);
      const distance = (logit == greatest ? 0 : <f64>logit - <f64>greatest) - mean;
      const order = (u32(distance >= 0) << 31) | (0x7fffffff - i);
      store<u64>(keys + ((<usize>i) << 3), ((<u64>orderedBits(-(<f32>abs(distance)))) << 32) | order);
    }
    candidates.keepKeys(keys, candidates.leastOf(keys, candidates.weights, <f64>this.p * sum, true));
  }

  get needsAll(): bool {
    return true;
  }
}

function make(p: SamplingParameters): Sampler | null {
  return p.real(TYPICAL_P) < 1 ? new TypicalP(p.real(TYPICAL_P)) : null;
}

export const TYPICAL_P_KIND = new SamplerKind('typ_p typ-p typp typical-p typical typ', 'y', make);
