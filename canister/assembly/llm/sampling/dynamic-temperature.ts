import { Candidates } from './candidates';
import { Sampler, Step } from './sampler';

/**
 * Divides the logits by a temperature between `temperature` - range and `temperature` + range: the nearer the candidates
 * are to being equally probable, the higher, with their entropy over the greatest possible one, to the power of
 * `exponent` (Nightmare, Xu et al.: Entropy-based dynamic temperature, 2023; llama.cpp's `temp_ext`).
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
    let entropy: f32 = 0;
    for (let i: u32 = 0; i < count; ++i) {
      const p = candidates.weight(i) / sum;
      if (p > 0) entropy -= p * Mathf.log(p);
    }
    const share = Mathf.pow(entropy / Mathf.log(<f32>(<i32>count)), this.exponent);
    const temperature = least + (this.temperature + this.range - least) * share;
    if (temperature <= 0) candidates.keepBest(1);
    else candidates.divide(temperature);
  }
}
