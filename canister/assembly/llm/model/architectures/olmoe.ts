/** olmoe: OLMoE, many small routed experts, weighted as likely as they are. (arXiv 2409.02060) */
import { Metadata } from '../../gguf/metadata';
import { ROPE_NEOX } from '../../kernels/rope';
import { describeCommon } from '../common-keys';
import { Description, HEADS_TOGETHER, OUTPUT_REQUIRED } from '../description';
import { readWideExperts } from '../expert-keys';

export function describeOlmoe(metadata: Metadata): Description {
  const d = describeCommon(metadata, 'olmoe');
  d.ropeKind = ROPE_NEOX;
  d.turnsWholeHeads = true;
  d.queryKeyNorm = HEADS_TOGETHER;
  d.output = OUTPUT_REQUIRED;
  d.experts = readWideExperts(metadata, d);
  d.feedForward = 0;
  return d;
}
