/** qwen2moe: Qwen 1.5 and 2 with routed experts beside a shared one. (arXiv 2407.10671) */
import { Metadata } from '../../gguf/metadata';
import { ROPE_NEOX } from '../../kernels/rope';
import { describeCommon } from '../common-keys';
import { Description, NORM_RMS, OUTPUT_REQUIRED, SHARED_GATED } from '../description';
import { readExperts, sharedWidth } from '../expert-keys';

export function describeQwen2Moe(metadata: Metadata): Description {
  const d = describeCommon(metadata, 'qwen2moe', NORM_RMS, true);
  d.ropeKind = ROPE_NEOX;
  d.turnsWholeHeads = true;
  d.output = OUTPUT_REQUIRED;
  const experts = readExperts(metadata, d);
  experts.shared = SHARED_GATED;
  d.experts = experts;
  d.feedForward = sharedWidth(metadata, d);
  return d;
}
