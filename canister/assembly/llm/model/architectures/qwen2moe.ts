/** qwen2moe: Qwen 1.5 and 2 with routed experts beside a shared one. (arXiv 2407.10671) */
import { Metadata } from '../../gguf/metadata';
import { ROPE_NEOX } from '../../kernels/rope';
import { describeCommon } from '../common-keys';
import { Description } from '../description';
import { readExperts, sharedWidth } from '../expert-keys';

export function describeQwen2Moe(metadata: Metadata): Description {
  const d = describeCommon(metadata, 'qwen2moe');
  d.ropeKind = ROPE_NEOX;
  d.queryKeyValueBias = true;
  d.experts = readExperts(metadata, d, false, true);
  d.feedForward = sharedWidth(metadata, d);
  return d;
}
