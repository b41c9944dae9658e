/** qwen3, the dense ones. */
import { Metadata } from '../../gguf/metadata';
import { ROPE_NEOX } from '../../kernels/rope';
import { describeCommon } from '../common-keys';
import { Description, HEADS_ALIKE } from '../description';

export function describeQwen3(metadata: Metadata): Description {
  const d = describeCommon(metadata, 'qwen3');
  d.ropeKind = ROPE_NEOX;
  d.turnsWholeHeads = true;
  d.queryKeyNorm = HEADS_ALIKE;
  return d;
}
