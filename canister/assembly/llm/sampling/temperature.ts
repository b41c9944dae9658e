import { Candidates } from './candidates';
import { DynamicTemperature } from './dynamic-temperature';
import { SamplingParameters } from './parameters';
import { Sampler, SamplerKind, Step } from './sampler';
import { Setting } from './setting';

export const TEMPERATURE = new Setting('--temp --temperature', 0.8);
/** How far the temperature moves with the entropy; 0 or less: it is fixed. */
export const DYNAMIC_RANGE = new Setting('--dynatemp-range', 0);
const DYNAMIC_EXPONENT = new Setting('--dynatemp-exp', 1);

/** Divides the logits by the temperature; 0 or less keeps only the most probable token, with ties to the lowest id. */
@final
export class Temperature extends Sampler {
  constructor(private readonly temperature: f32) {
    super();
  }

  apply(candidates: Candidates, step: Step): void {
    candidates.cool(this.temperature);
  }

  get leaves(): u32 {
    return u32(this.temperature <= 0);
  }
}

function make(p: SamplingParameters): Sampler | null {
  const temperature = max<f32>(0, p.real(TEMPERATURE));
  const range = p.real(DYNAMIC_RANGE);
  if (range > 0) return new DynamicTemperature(temperature, range, p.real(DYNAMIC_EXPONENT));
  return new Temperature(temperature);
}

export const TEMPERATURE_KIND = new SamplerKind('temperature temp', 't', make);
