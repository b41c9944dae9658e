/** qwen3moe: Qwen 3 with routed experts, whose weights sum to one. (arXiv 2505.09388) */
import { Metadata } from '../../gguf/metadata';
import { ROPE_NEOX } from '../../kernels/rope';
import { describeCommon } from '../common-keys';
import { Description, HEADS_ALIKE, NORM_RMS } from '../description';
import { readExperts } from '../expert-keys';

export function describeQwen3Moe(metadata: Metadata): Description {
  const d = describeCommon(metadata, 'qwen3moe', NORM_RMS, true);
  d.ropeKind = ROPE_NEOX;
  d.turnsWholeHeads = true;
  d.queryKeyNorm = HEADS_ALIKE;
  const experts = readExperts(metadata, d);
  experts.normalized = true;
  d.experts = experts;
  d.feedForward = 0;
  return d;
}
