/** granite: the dense models of Granite 3 and 4. */
import { Metadata } from '../../gguf/metadata';
import { ROPE_NORM } from '../../kernels/rope';
import { describeCommon, scaleOf, scaleUnlessZero } from '../common-keys';
import { BIAS_OPTIONAL, Description, FACTORS_LONG_SHORT, FACTORS_ONE } from '../description';
import { refuseExperts } from '../refused-keys';
import { scalingType } from '../rope-scaling';

export function describeGranite(metadata: Metadata): Description {
  const d = describeGraniteKeys(metadata, 'granite');
  d.feedForwardBias = BIAS_OPTIONAL;
  // For this architecture the key switches positions on, despite its name; llama.cpp does not read it for granitemoe.
  if (!metadata.flag('granite.rope.scaling.finetuned', true)) d.ropeDims = 0;
  refuseExperts(metadata, 'granite');
  return d;
}

/** What the dense models and the mixtures of experts have in common. Problems are left in `metadata.problem`. */
export function describeGraniteKeys(metadata: Metadata, architecture: string): Description {
  const d = describeCommon(metadata, architecture);
  const prefix = architecture + '.';
  d.ropeKind = ROPE_NORM;
  d.turnsWholeHeads = true;
  d.ropeFactors = scalingType(metadata, prefix) == 'longrope' ? FACTORS_LONG_SHORT : FACTORS_ONE;
  d.attentionOutputBias = BIAS_OPTIONAL;
  d.embeddingScale = scaleUnlessZero(metadata, prefix + 'embedding_scale', 1);
  d.residualScale = scaleUnlessZero(metadata, prefix + 'residual_scale', 1);
  d.attentionScale = <f64>scaleOf(metadata, prefix + 'attention.scale', 0);
  metadata.require(prefix + 'logit_scale');
  d.logitScale = 1 / scaleOf(metadata, prefix + 'logit_scale', 1);
  // The layers that an image's features are added to: a text model has none.
  const key = prefix + 'deepstack_mapping';
  const added = metadata.integers(key);
  for (let i = 0; i < added.length; ++i) {
    if (added[i] >= 0) metadata.fail(`metadata key "${key}" is not supported: no images are`);
  }
  return d;
}
