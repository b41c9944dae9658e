/** granite: the dense models of Granite 3 and 4. */
import { Metadata } from '../../gguf/metadata';
import { ROPE_NORM } from '../../kernels/rope';
import { describeCommon, scaleOf, scaleUnlessZero } from '../common-keys';
import { BIAS_OPTIONAL, Description, FACTORS_LONG_SHORT, FACTORS_ONE } from '../description';
import { refuseExperts } from '../refused-keys';
import { scalingType } from '../rope-scaling';

export function describeGranite(metadata: Metadata): Description {
  const d = describeCommon(metadata, 'granite');
  d.ropeKind = ROPE_NORM;
  d.turnsWholeHeads = true;
  d.ropeFactors = scalingType(metadata, 'granite.') == 'longrope' ? FACTORS_LONG_SHORT : FACTORS_ONE;
  d.attentionOutputBias = BIAS_OPTIONAL;
  d.feedForwardBias = BIAS_OPTIONAL;
  // For this architecture the key switches positions on, despite its name.
  if (!metadata.flag('granite.rope.scaling.finetuned', true)) d.ropeDims = 0;
  d.embeddingScale = scaleUnlessZero(metadata, 'granite.embedding_scale', 1);
  d.residualScale = scaleUnlessZero(metadata, 'granite.residual_scale', 1);
  d.attentionScale = <f64>scaleOf(metadata, 'granite.attention.scale', 0);
  metadata.require('granite.logit_scale');
  d.logitScale = 1 / scaleOf(metadata, 'granite.logit_scale', 1);
  refuseExperts(metadata, 'granite');
  // The layers that an image's features are added to: a text model has none.
  const added = metadata.integers('granite.deepstack_mapping');
  for (let i = 0; i < added.length; ++i) {
    if (added[i] >= 0) metadata.fail('metadata key "granite.deepstack_mapping" is not supported: no images are');
  }
  return d;
}
