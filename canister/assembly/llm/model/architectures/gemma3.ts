/** gemma3: the text models, 270M to 27B. (Gemma 3 technical report, arXiv 2503.19786) */
import { Metadata } from '../../gguf/metadata';
import { GATE_GELU } from '../../kernels/activation';
import { ROPE_NEOX } from '../../kernels/rope';
import { describeCommon, scaleOf } from '../common-keys';
import { Description, HEADS_ALIKE } from '../description';
import { readWindow } from '../layer-values';
import { isPositive } from '../rope-scaling';

/** By default five local layers for every global one. */
const PATTERN: u32 = 6;
/** Layers of the one model that scales scores by the width instead of the heads' dimensions. */
const LAYERS_27B: i32 = 62;

export function describeGemma3(metadata: Metadata): Description {
  const d = describeCommon(metadata, 'gemma3');
  d.ropeKind = ROPE_NEOX;
  d.ropeBaseLocal = 10000;
  d.ropeFactorLocal = 1;
  d.queryKeyNorm = HEADS_ALIKE;
  d.postNorms = true;
  d.gate = GATE_GELU;
  d.embeddingScale = <f32>Math.sqrt(<f64>d.embedding);
  readWindow(metadata, d, PATTERN);
  if (d.window > 0) d.ropeBaseLocal = <f64>metadata.f32('gemma3.rope.freq_base_swa', 10000);
  if (d.layers == LAYERS_27B) d.attentionScale = 1 / Math.sqrt(<f64>(d.embedding / max<usize>(1, d.heads)));
  d.logitCap = scaleOf(metadata, 'gemma3.final_logit_softcapping', 0);
  if (!isPositive(d.ropeBaseLocal)) metadata.fail('the rope base of local layers is not a positive number');
  return d;
}
