/** llama: also Mistral, SmolLM, TinyLlama, Yi and others that llama.cpp converts to this architecture. */
import { Metadata } from '../../gguf/metadata';
import { ROPE_NORM } from '../../kernels/rope';
import { describeCommon, scaleOf } from '../common-keys';
import { Description } from '../description';

export function describeLlama(metadata: Metadata): Description {
  const d = describeCommon(metadata, 'llama');
  // The conversion permutes queries and keys so that pairs are neighbours.
  d.ropeKind = ROPE_NORM;
  d.ropeFactors = true;
  d.attentionScale = <f64>scaleOf(metadata, 'llama.attention.scale', 0);
  return d;
}
