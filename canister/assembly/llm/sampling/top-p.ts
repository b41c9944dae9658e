import { Candidates } from './candidates';
import { Sampler, Step } from './sampler';
import { Weights } from './weights';

/** Candidates that are tried first where a whole vocabulary is to be cut; mostly they are enough. */
const FIRST_TRY: u32 = 256;

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
    if (candidates.isWhole) return this.applyToWhole(candidates);
    candidates.sort();
    this.cut(candidates, candidates.weigh());
  }

  /** The sum goes over the whole vocabulary, but only as many tokens are sorted as are kept. */
  private applyToWhole(candidates: Candidates): void {
    const weights = new Weights(candidates.logits, candidates.temperature);
    const sum = <f32>weights.sum;
    candidates.keepBest(FIRST_TRY);
    candidates.weigh();
    if (this.cut(candidates, sum) || candidates.count < FIRST_TRY) return;
    candidates.isWhole = true;
    candidates.toList();
    candidates.sort();
    candidates.weigh();
    this.cut(candidates, sum);
  }

  /** Cuts the sorted, weighed list where its part of `sum` reaches p; false if it never does. */
  private cut(candidates: Candidates, sum: f32): bool {
    let reached: f32 = 0;
    for (let i: u32 = 0; i < candidates.count; ++i) {
      reached += candidates.weight(i) / sum;
      if (reached < this.p) continue;
      candidates.count = i + 1;
      return true;
    }
    return false;
  }
}
