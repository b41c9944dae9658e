/** granite: the dense models of Granite 3 and 4. */
import { Metadata } from '../../gguf/metadata';
import { ROPE_NORM } from '../../kernels/rope';
import { describeCommon, scaleOf } from '../common-keys';
import { Description } from '../description';

export function describeGranite(metadata: Metadata): Description {
  const d = describeCommon(metadata, 'granite');
  d.ropeKind = ROPE_NORM;
  d.ropeFactors = true;
  // A switch for positions here, whatever its name.
  if (!metadata.flag('granite.rope.scaling.finetuned', true)) d.ropeDims = 0;
  d.embeddingScale = scaleOf(metadata, 'granite.embedding_scale', 1);
  d.residualScale = scaleOf(metadata, 'granite.residual_scale', 1);
  d.attentionScale = <f64>scaleOf(metadata, 'granite.attention.scale', 0);
  if (!metadata.has('granite.logit_scale')) metadata.fail('metadata key "granite.logit_scale" is missing');
  d.logitScale = 1 / scaleOf(metadata, 'granite.logit_scale', 1);
  return d;
}
