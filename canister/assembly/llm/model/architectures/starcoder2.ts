/** starcoder2. (arXiv 2402.19173) Its sliding window is not used, as llama.cpp does not use it either. */
import { Metadata } from '../../gguf/metadata';
import { GATE_GELU } from '../../kernels/activation';
import { ROPE_NEOX } from '../../kernels/rope';
import { describeCommon } from '../common-keys';
import { BIAS_REQUIRED, Description, NORM_LAYER } from '../description';

export function describeStarcoder2(metadata: Metadata): Description {
  const d = describeCommon(metadata, 'starcoder2', NORM_LAYER);
  d.ropeKind = ROPE_NEOX;
  d.turnsWholeHeads = true;
  d.attentionOutputBias = BIAS_REQUIRED;
  d.feedForwardBias = BIAS_REQUIRED;
  d.gated = false;
  d.gate = GATE_GELU;
  return d;
}
