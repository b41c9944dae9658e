import { Candidates } from './candidates';
import { Sampler, Step } from './sampler';

/**
 * Excludes top choices: with the given probability, drops every token that reaches the threshold but the least probable
 * of them (p-e-w, text-generation-webui #6335, 2024).
 */
export class Xtc extends Sampler {
  constructor(
    private readonly probability: f32,
    private readonly threshold: f32,
  ) {
    super();
  }

  apply(candidates: Candidates, step: Step): void {
    if (this.probability <= 0 || this.threshold > 0.5) return;
    if (step.random.next() > <f64>this.probability) return;
    if (candidates.areAllBelow(this.threshold)) return;
    candidates.toList();
    candidates.dropTop(<f64>this.threshold * candidates.weigh());
  }
}
