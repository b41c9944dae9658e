/** llama: also Mistral, SmolLM, TinyLlama, Yi and others that llama.cpp converts to this architecture. */
import { Metadata } from '../../gguf/metadata';
import { ROPE_NORM } from '../../kernels/rope';
import { describeCommon } from '../common-keys';
import { BIAS_OPTIONAL, Description, FACTORS_LONG_SHORT, FACTORS_ONE } from '../description';
import { refuseExperts } from '../refused-keys';
import { scalingType } from '../rope-scaling';

export function describeLlama(metadata: Metadata): Description {
  const d = describeCommon(metadata, 'llama');
  // The conversion permutes queries and keys so that pairs are neighbours.
  d.ropeKind = ROPE_NORM;
  d.turnsWholeHeads = true;
  d.ropeFactors = scalingType(metadata, 'llama.') == 'longrope' ? FACTORS_LONG_SHORT : FACTORS_ONE;
  d.attentionOutputBias = BIAS_OPTIONAL;
  d.feedForwardBias = BIAS_OPTIONAL;
  refuseExperts(metadata, 'llama');
  return d;
}
