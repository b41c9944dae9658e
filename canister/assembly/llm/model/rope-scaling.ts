/**
 * How a rope is scaled beyond the context of the first training: linearly, by a factor for each frequency from the file
 * (llama 3, longrope), or by yarn, which scales slow frequencies, keeps fast ones and raises the magnitude a little.
 * (Peng et al. 2023, arXiv 2309.00071; Ding et al. 2024, arXiv 2402.13753)
 */
import { brief } from '../gguf/brief';
import { Metadata } from '../gguf/metadata';

const PI: f64 = 3.141592653589793;

export class RopeScaling {
  /** The divisor of positions. */
  factor: f64 = 1;
  /** The strength of yarn: 0 none, 1 full; a frequency that yarn keeps is scaled by the remaining part. */
  yarn: f64 = 0;
  /** Turns within the original context above which yarn keeps a frequency, and below which it scales it fully. */
  fast: f64 = 32;
  slow: f64 = 1;
  /** An additional factor of cosines and sines. */
  attention: f64 = 1;
  /** The original context, before scaling. */
  originalContext: f64 = 0;
  /** Yarn's original context, if it differs; or 0. */
  yarnContext: f64 = 0;

  /**
   * Angle per position of pair `i` of `dims` / 2.
   *
   * @param own the file's factor for this frequency, or 1
   * @param factor the divisor of positions: `factor`, except for local layers with one of their own
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

  /** The pair (a fraction) that makes this many turns within the original context. */
  private pairOf(turns: f64, dims: usize, base: f64): f64 {
    const context = this.yarnContext > 0 ? this.yarnContext : this.originalContext;
    return (<f64>dims * Math.log(context / (turns * 2 * PI))) / (2 * Math.log(base));
  }

  /** The factor of cosines and sines in layers whose positions are divided by `factor`. */
  magnitude(factor: f64): f64 {
    if (this.yarn == 0) return this.attention;
    // As in llama.cpp: the shared part is made for the common factor, each layer's own part for its own.
    const shared = this.factor > 1 ? this.attention : this.attention / (1 + 0.1 * Math.log(this.factor));
    return shared * (1 + 0.1 * Math.log(factor));
  }
}

/** Reads an architecture's keys of rope scaling. Problems are left in `metadata.problem`. */
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

/** The file's divisor of positions, for any type of scaling; 1 if it has none. */
export function factorOf(metadata: Metadata, prefix: string): f64 {
  const key = prefix + 'rope.scaling.factor';
  // The second key is its old name.
  const factor = metadata.f32(metadata.has(key) ? key : prefix + 'rope.scale_linear', 0);
  return factor == 0 ? 1 : <f64>factor;
}

/** Whether a number is above zero and finite. */
export function isPositive(value: f64): bool {
  return value > 0 && value < Infinity;
}
