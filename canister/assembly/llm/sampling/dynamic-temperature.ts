import { Candidates } from './candidates';
import { expectedDistance } from './expected-distance';
import { Sampler, Step } from './sampler';

/**
 * Divides the logits by a temperature between `temperature` - range and `temperature` + range. It rises with the
 * candidates' entropy: with the entropy divided by the greatest possible one, to the power of `exponent` (Nightmare, Xu
 * et al.: Entropy-based dynamic temperature, 2023; llama.cpp's `temp_ext`).
 */
export class DynamicTemperature extends Sampler {
  constructor(
    private readonly temperature: f32,
    private readonly range: f32,
    private readonly exponent: f32,
  ) {
    super();
  }

  apply(candidates: Candidates, step: Step): void {
    candidates.toList();
    const count = candidates.count;
    if (count <= 1) return;
    const least = max<f32>(0, this.temperature - this.range);
    const sum = candidates.weigh();
    const entropy = Math.log(sum) - expectedDistance(candidates, sum);
    const share = <f32>Math.pow(max<f64>(0, entropy / Math.log(count)), this.exponent);
    const temperature = least + (this.temperature + this.range - least) * share;
    candidates.cool(temperature);
  }

  get needsAll(): bool {
    return true;
  }
}
