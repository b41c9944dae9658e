/** qwen3, the dense ones. */
import { Metadata } from '../../gguf/metadata';
import { ROPE_NEOX } from '../../kernels/rope';
import { describeCommon, Description } from '../description';

export function describeQwen3(metadata: Metadata): Description {
  const d = describeCommon(metadata, 'qwen3');
  d.ropeKind = ROPE_NEOX;
  d.queryKeyNorm = true;
  return d;
}
