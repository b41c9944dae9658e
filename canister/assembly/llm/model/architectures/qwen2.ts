/** qwen2: also Qwen 2.5 and DeepSeek-R1-Distill-Qwen. */
import { Metadata } from '../../gguf/metadata';
import { ROPE_NEOX } from '../../kernels/rope';
import { describeCommon } from '../common-keys';
import { BIAS_OPTIONAL, Description } from '../description';

export function describeQwen2(metadata: Metadata): Description {
  const d = describeCommon(metadata, 'qwen2');
  d.ropeKind = ROPE_NEOX;
  d.turnsWholeHeads = true;
  d.outputBias = BIAS_OPTIONAL;
  return d;
}
