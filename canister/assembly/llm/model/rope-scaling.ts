/**
 * How a rope is stretched beyond the context that a model was first trained for: linearly, by a factor of each frequency
 * that the file brings (llama 3, longrope), or by yarn, which stretches slow frequencies, leaves fast ones alone and raises
 * the magnitude a little. (Peng et al. 2023, arXiv 2309.00071; Ding et al. 2024, arXiv 2402.13753)
 */
import { brief } from '../gguf/brief';
import { Metadata } from '../gguf/metadata';

const PI: f64 = 3.141592653589793;

export class RopeScaling {
  /** Positions are divided by it. */
  factor: f64 = 1;
  /** How much of yarn there is: 0 none, 1 all; a frequency that it leaves alone is stretched by the rest of it. */
  yarn: f64 = 0;
  /** Turns within the original context above which yarn leaves a frequency alone, and below which it stretches it wholly. */
  fast: f64 = 32;
  slow: f64 = 1;
  /** What cosines and sines are multiplied with beside. */
  attention: f64 = 1;
  /** Context before it was stretched. */
  originalContext: f64 = 0;
  /** The one that yarn goes by, if it is another; or 0. */
  yarnContext: f64 = 0;

  /**
   * Angle per position of pair `i` of `dims` / 2.
   *
   * @param own the factor that the file has for this frequency, or 1
   * @param factor what positions are divided by: `factor`, but for local layers that have one of their own
   */
  frequency(i: usize, dims: usize, base: f64, own: f64, factor: f64): f64 {
    const plain = Math.pow(base, (-2.0 * <f64>i) / <f64>dims) / own;
    const stretched = plain / factor;
    if (this.yarn == 0) return stretched;
    const low = max<f64>(0, Math.floor(this.pairOf(this.fast, dims, base)));
    const high = min<f64>(<f64>dims - 1, Math.ceil(this.pairOf(this.slow, dims, base)));
    const ramp = (<f64>i - low) / max<f64>(0.001, high - low);
    const mix = (1 - min<f64>(1, max<f64>(0, ramp))) * this.yarn;
    return stretched * (1 - mix) + plain * mix;
  }

  /** The pair (a fraction) that turns so often within the original context. */
  private pairOf(turns: f64, dims: usize, base: f64): f64 {
    const context = this.yarnContext > 0 ? this.yarnContext : this.originalContext;
    return (<f64>dims * Math.log(context / (turns * 2 * PI))) / (2 * Math.log(base));
  }

  /** What cosines and sines are multiplied with in layers whose positions are divided by `factor`. */
  magnitude(factor: f64): f64 {
    if (this.yarn == 0) return this.attention;
    // As llama.cpp has it: what all layers share is made for the common factor, what each adds for its own.
    const shared = this.factor > 1 ? this.attention : this.attention / (1 + 0.1 * Math.log(this.factor));
    return shared * (1 + 0.1 * Math.log(factor));
  }
}

/** Reads an architecture's keys of rope scaling. What is wrong is left in `metadata.problem`. */
export function readRopeScaling(metadata: Metadata, prefix: string, trainedContext: u32): RopeScaling {
  const scaling = new RopeScaling();
  const key = prefix + 'rope.scaling.';
  const type = scalingType(metadata, prefix);
  if (type != 'none' && type != 'linear' && type != 'yarn' && type != 'longrope') {
    metadata.fail(`rope scaling "${brief(type)}" is not supported; none, linear, yarn and longrope are`);
  }
  if (type != 'none') scaling.factor = factorOf(metadata, prefix);
  const original = metadata.integer(key + 'original_context_length', 0, 0, <i64>i32.MAX_VALUE);
  scaling.originalContext = <f64>(original > 0 ? original : <i64>trainedContext);
  scaling.attention = <f64>metadata.f32(key + 'attn_factor', 1);
  scaling.yarn = type == 'yarn' ? 1 : 0;
  if (!isPositive(scaling.factor) || !isPositive(scaling.attention)) {
    metadata.fail('the rope scaling has a factor that is not a positive number');
  }
  return scaling;
}

/** The name of an architecture's rope scaling. */
export function scalingType(metadata: Metadata, prefix: string): string {
  return metadata.text(prefix + 'rope.scaling.type', 'linear');
}

/** What the file says that positions are divided by, whatever its type of scaling; 1 where it says nothing. */
export function factorOf(metadata: Metadata, prefix: string): f64 {
  const key = prefix + 'rope.scaling.factor';
  // The second is the name that it had in the beginning.
  const factor = metadata.f32(metadata.has(key) ? key : prefix + 'rope.scale_linear', 0);
  return factor == 0 ? 1 : <f64>factor;
}

/** Whether a number is above zero and finite. */
export function isPositive(value: f64): bool {
  return value > 0 && value < Infinity;
}
