/** gemma: 2B and 7B, and CodeGemma. (Gemma report, arXiv 2403.08295) */
import { Metadata } from '../../gguf/metadata';
import { GATE_GELU } from '../../kernels/activation';
import { ROPE_NEOX } from '../../kernels/rope';
import { describeCommon } from '../common-keys';
import { Description, OUTPUT_TIED } from '../description';

export function describeGemma(metadata: Metadata): Description {
  const d = describeCommon(metadata, 'gemma');
  d.ropeKind = ROPE_NEOX;
  d.gate = GATE_GELU;
  d.output = OUTPUT_TIED;
  d.embeddingScale = <f32>Math.sqrt(<f64>d.embedding);
  return d;
}
