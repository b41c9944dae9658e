/** gemma2: 2B to 27B. (Gemma 2 report, arXiv 2408.00118) */
import { Metadata } from '../../gguf/metadata';
import { GATE_GELU } from '../../kernels/activation';
import { ROPE_NEOX } from '../../kernels/rope';
import { describeCommon, scaleOf } from '../common-keys';
import { Description, OUTPUT_TIED } from '../description';
import { readWindow } from '../layer-values';
import { factorOf, isPositive } from '../rope-scaling';

/** By default every other layer is local and looks back at this many positions. */
const PATTERN: u32 = 2;
const WINDOW: u32 = 4096;
const SCORE_CAP: f32 = 50;
const LOGIT_CAP: f32 = 30;
/** Layers of the one model that scales scores by the width instead of the heads' dimensions. */
const LAYERS_27B: i32 = 46;

export function describeGemma2(metadata: Metadata): Description {
  const d = describeCommon(metadata, 'gemma2');
  d.ropeKind = ROPE_NEOX;
  d.output = OUTPUT_TIED;
  d.postNorms = true;
  d.gate = GATE_GELU;
  d.embeddingScale = <f32>Math.sqrt(<f64>d.embedding);
  // Local layers use the file's value even if a flag overrides that of the others.
  d.ropeBaseLocal = <f64>metadata.f32('gemma2.rope.freq_base_swa', <f32>d.ropeBase);
  d.ropeFactorLocal = factorOf(metadata, 'gemma2.');
  readWindow(metadata, d, PATTERN, WINDOW);
  d.scoreCap = scaleOf(metadata, 'gemma2.attn_logit_softcapping', SCORE_CAP);
  d.logitCap = scaleOf(metadata, 'gemma2.final_logit_softcapping', LOGIT_CAP);
  if (d.layers == LAYERS_27B) d.attentionScale = 1 / Math.sqrt(<f64>(d.embedding / max<usize>(1, d.heads)));
  if (!isPositive(d.ropeBaseLocal) || !isPositive(d.ropeFactorLocal)) {
    metadata.fail('the rope of local layers has a base or a factor that is not a positive number');
  }
  return d;
}
