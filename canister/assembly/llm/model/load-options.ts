/** Options of loading a model that override its file. */
import { BYTE } from '../cache/tiles';
import { Description } from './description';

/** llama.cpp's `--cache-type-k` and `--cache-type-v`: q8_0 is BYTE, f16 and wider types are WIDE. */
export class CacheTypes {
  constructor(
    readonly areKeysBytes: bool,
    readonly areValuesBytes: bool,
  ) {}

  apply(d: Description): void {
    if (this.areKeysBytes) d.keyEntry = BYTE;
    if (this.areValuesBytes) d.valueEntry = BYTE;
  }
}

/** The scaling that `--rope-scaling` sets; 0: the file's. */
export const SCALING_NONE: u8 = 1;
export const SCALING_LINEAR: u8 = 2;
export const SCALING_YARN: u8 = 3;

/** llama.cpp's `--rope-...` and `--yarn-...` flags, which override the file. */
@final
export class RopeOverrides {
  /** 0: from the file. */
  base: f64 = 0;
  /** The divisor of positions; 0: from the file. */
  factor: f64 = 0;
  scaling: u8 = 0;
  /** The original context, before scaling; 0: from the file. */
  context: f64 = 0;
  /** The fields of RopeScaling with these names; below 0: from the file. */
  yarn: f64 = -1;
  attention: f64 = -1;
  fast: f64 = -1;
  slow: f64 = -1;

  get isEmpty(): bool {
    if (this.base != 0 || this.factor != 0 || this.scaling != 0 || this.context != 0) return false;
    return this.yarn < 0 && this.attention < 0 && this.fast < 0 && this.slow < 0;
  }

  apply(d: Description): void {
    const scaling = d.ropeScaling;
    if (this.base > 0) d.ropeBase = this.base;
    if (this.factor > 0) scaling.factor = this.factor;
    if (this.scaling == SCALING_NONE) scaling.factor = 1;
    if (this.yarn >= 0) scaling.yarn = this.yarn;
    else if (this.scaling != 0) scaling.yarn = this.scaling == SCALING_YARN ? 1 : 0;
    if (this.context > 0) scaling.yarnContext = this.context;
    if (this.fast >= 0) scaling.fast = this.fast;
    if (this.slow >= 0) scaling.slow = this.slow;
    // As in llama.cpp, yarn makes its own.
    if (this.attention >= 0 && scaling.yarn == 0) scaling.attention *= this.attention;
  }
}
