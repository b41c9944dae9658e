/** gpt2. (Radford et al. 2019) */
import { Metadata } from '../../gguf/metadata';
import { GATE_GELU } from '../../kernels/activation';
import { describeCommon } from '../common-keys';
import { BIAS_REQUIRED, Description, NORM_LAYER } from '../description';

export function describeGpt2(metadata: Metadata): Description {
  const d = describeCommon(metadata, 'gpt2', NORM_LAYER);
  d.ropeDims = 0;
  d.learnedPositions = true;
  d.queryKeyValueBias = BIAS_REQUIRED;
  d.attentionOutputBias = BIAS_REQUIRED;
  d.feedForwardBias = BIAS_REQUIRED;
  d.gated = false;
  d.gate = GATE_GELU;
  return d;
}
