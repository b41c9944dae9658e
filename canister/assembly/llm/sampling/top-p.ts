import { Candidates } from './candidates';
import { Sampler, Step } from './sampler';

/**
 * Keeps the most probable tokens whose probabilities together reach p; p >= 1 keeps all (Holtzman et al.: The curious
 * case of neural text degeneration, 2019).
 */
export class TopP extends Sampler {
  constructor(private readonly p: f32) {
    super();
  }

  apply(candidates: Candidates, step: Step): void {
    if (this.p >= 1) return;
    if (this.p <= 0) return candidates.keepBest(1);
    candidates.keepNucleus(this.p);
  }
}
