/** Flags about positions, which replace values of the model file. */
import { Problem } from '../../problem';
import { SCALING_LINEAR, SCALING_NONE, SCALING_YARN } from '../../llm/model/load-options';
import { Flag, RealFlag, TextFlag, WholeFlag } from './flag';

/** Bytes of the longest name of a scaling. */
const LONGEST_NAME: u32 = 64;

export const ROPE_FLAGS: StaticArray<Flag> = [
  new RealFlag('--rope-freq-base', (asked, value) => {
    asked.rope.base = value;
    return value > 0 ? null : notPositive();
  }),
  new RealFlag('--rope-scale', (asked, value) => {
    asked.rope.factor = value;
    return value > 0 ? null : notPositive();
  }),
  new RealFlag('--rope-freq-scale', (asked, value) => {
    asked.rope.factor = 1 / value;
    return value > 0 ? null : notPositive();
  }),
  new TextFlag('--rope-scaling', (asked, value) => {
    const scaling = value.size > LONGEST_NAME ? '' : value.toString();
    if (scaling == 'none') asked.rope.scaling = SCALING_NONE;
    else if (scaling == 'linear') asked.rope.scaling = SCALING_LINEAR;
    else if (scaling == 'yarn') asked.rope.scaling = SCALING_YARN;
    else return new Problem('none, linear and yarn are accepted');
    return null;
  }),
  new WholeFlag('--yarn-orig-ctx', (asked, value) => {
    asked.rope.context = <f64>value;
    return value >= 0 ? null : new Problem('0 (as the model says) or more is accepted');
  }),
  // For these, a number below 0 means the file's value.
  new RealFlag('--yarn-ext-factor', (asked, value) => {
    asked.rope.yarn = value;
    return whyNotF32(value);
  }),
  new RealFlag('--yarn-attn-factor', (asked, value) => {
    asked.rope.attention = value;
    return whyNotF32(value);
  }),
  new RealFlag('--yarn-beta-slow', (asked, value) => {
    asked.rope.slow = value;
    return whyNotF32(value);
  }),
  new RealFlag('--yarn-beta-fast', (asked, value) => {
    asked.rope.fast = value;
    return whyNotF32(value);
  }),
];

function notPositive(): Problem {
  return new Problem('it has to be above 0');
}

function whyNotF32(value: f64): Problem | null {
  return isFinite(<f32>value) ? null : new Problem('it is too large');
}
