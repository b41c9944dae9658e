import { Candidates } from './candidates';
import { SamplingParameters } from './parameters';
import { Sampler, SamplerKind, Step } from './sampler';
import { Setting } from './setting';

export const XTC_PROBABILITY = new Setting('--xtc-probability', 0);
export const XTC_THRESHOLD = new Setting('--xtc-threshold', 0.1);

/**
 * Exclude top choices: with the given probability, drops every token that reaches the threshold except the least
 * probable of them (p-e-w, text-generation-webui #6335, 2024).
 */
@final
class Xtc extends Sampler {
  constructor(
    private readonly probability: f32,
    private readonly threshold: f32,
  ) {
    super();
  }

  apply(candidates: Candidates, step: Step): void {
    if (step.random.next() > <f64>this.probability) return;
    if (candidates.areAllBelow(this.threshold)) return;
    candidates.toList();
    candidates.dropTop(<f64>this.threshold * candidates.weigh());
  }

  get needsAll(): bool {
    return true;
  }
}

function make(p: SamplingParameters): Sampler | null {
  const probability = p.real(XTC_PROBABILITY);
  const threshold = p.real(XTC_THRESHOLD);
  return probability > 0 && threshold <= 0.5 ? new Xtc(probability, threshold) : null;
}

export const XTC_KIND = new SamplerKind('xtc', 'x', make);
