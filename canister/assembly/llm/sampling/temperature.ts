import { Candidates } from './candidates';
import { Sampler, Step } from './sampler';

/** Divides the logits by the temperature; 0 or less keeps only the most probable token, of equal ones the lowest id. */
export class Temperature extends Sampler {
  constructor(private readonly temperature: f32) {
    super();
  }

  apply(candidates: Candidates, step: Step): void {
    candidates.cool(this.temperature);
  }
}
