/** phi2: Phi 1, 1.5 and 2. (arXiv 2309.05463) */
import { Metadata } from '../../gguf/metadata';
import { GATE_GELU } from '../../kernels/activation';
import { ROPE_NEOX } from '../../kernels/rope';
import { describeCommon } from '../common-keys';
import { BIAS_REQUIRED, Description, NORM_LAYER, OUTPUT_REQUIRED } from '../description';

export function describePhi2(metadata: Metadata): Description {
  const d = describeCommon(metadata, 'phi2', NORM_LAYER);
  d.ropeKind = ROPE_NEOX;
  d.parallel = true;
  d.attentionOutputBias = BIAS_REQUIRED;
  d.feedForwardBias = BIAS_REQUIRED;
  d.output = OUTPUT_REQUIRED;
  d.outputBias = BIAS_REQUIRED;
  d.gated = false;
  d.gate = GATE_GELU;
  return d;
}
