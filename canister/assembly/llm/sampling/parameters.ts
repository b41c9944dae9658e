import { Problem } from '../../problem';
import { LogitBias } from './logit-bias';
import { Setting, settings } from './setting';

/** The parameters of a chain: llama.cpp's, with llama.cpp's defaults. */
@final
export class SamplingParameters {
  seed: u32 = 0;
  /** Samplers by their number in samplers.ts; null: the default chain. */
  order: StaticArray<u8> | null = null;
  readonly bias: LogitBias = new LogitBias();
  private readonly values: StaticArray<f64> = new StaticArray<f64>(settings.length);

  constructor() {
    for (let i = 0; i < settings.length; ++i) this.values[i] = settings[i].initial;
  }

  real(setting: Setting): f32 {
    return <f32>this.values[setting.index];
  }

  whole(setting: Setting): i32 {
    return <i32>this.values[setting.index];
  }

  /** Sets a value. Null, or the problem. */
  set(setting: Setting, value: f64): Problem | null {
    if (!setting.isWhole && !isFinite(<f32>value)) {
      return new Problem(isNaN(value) ? 'it is no number' : 'it is too large');
    }
    if (!setting.accepts(setting.isWhole ? value : <f64>(<f32>value))) {
      return setting.isLenient ? null : new Problem(setting.range);
    }
    this.values[setting.index] = value;
    return null;
  }
}
