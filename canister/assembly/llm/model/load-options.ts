/** What whoever loads a model may want otherwise than its file says. */
import { BYTE } from '../cache/tiles';
import { Description } from './description';

/** What llama.cpp's `--cache-type-k` and `--cache-type-v` ask for: q8_0 is BYTE, f16 and what is wider WIDE. */
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

/** Which scaling `--rope-scaling` asks for; 0: the file's. */
export const SCALING_NONE: u8 = 1;
export const SCALING_LINEAR: u8 = 2;
export const SCALING_YARN: u8 = 3;

/** What llama.cpp's `--rope-...` and `--yarn-...` flags say instead of the file. */
@final
export class RopeOverrides {
  /** 0: as the file says. */
  base: f64 = 0;
  /** Positions are divided by it; 0: as the file says. */
  factor: f64 = 0;
  scaling: u8 = 0;
  /** Context before it was stretched; 0: as the file says. */
  context: f64 = 0;
  /** These of RopeScaling; below 0: as the file says. */
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
