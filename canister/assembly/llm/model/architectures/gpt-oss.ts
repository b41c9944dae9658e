/** gpt-oss: routed experts with biases, sinks, every other layer local. (arXiv 2508.10925) */
import { Metadata } from '../../gguf/metadata';
import { GATE_CLAMPED } from '../../kernels/activation';
import { ROPE_NEOX } from '../../kernels/rope';
import { describeCommon } from '../common-keys';
import { BIAS_REQUIRED, Description, GATING_CHOSEN, NORM_RMS, OUTPUT_REQUIRED } from '../description';
import { readExperts } from '../expert-keys';
import { readWindow } from '../layer-values';
import { factorOf, isPositive } from '../rope-scaling';

/** By default a local layer for every global one; the window of the models that there are. */
const PATTERN: u32 = 2;
const WINDOW: u32 = 128;

export function describeGptOss(metadata: Metadata): Description {
  const d = describeCommon(metadata, 'gpt-oss', NORM_RMS, true);
  d.ropeKind = ROPE_NEOX;
  d.turnsWholeHeads = true;
  d.attentionOutputBias = BIAS_REQUIRED;
  d.feedForwardNorm = 'post_attention_norm';
  d.sinks = true;
  d.gate = GATE_CLAMPED;
  d.output = OUTPUT_REQUIRED;
  metadata.require('gpt-oss.attention.sliding_window');
  readWindow(metadata, d, PATTERN, WINDOW);
  // Local layers use the file's values even if a flag overrides those of the others.
  d.ropeBaseLocal = <f64>metadata.f32('gpt-oss.rope.freq_base_swa', <f32>d.ropeBase);
  d.ropeFactorLocal = factorOf(metadata, 'gpt-oss.');
  metadata.require('gpt-oss.expert_feed_forward_length');
  const experts = readExperts(metadata, d);
  experts.gating = GATING_CHOSEN;
  experts.biased = true;
  d.experts = experts;
  d.feedForward = 0;
  if (!isPositive(d.ropeBaseLocal) || !isPositive(d.ropeFactorLocal)) {
    metadata.fail('the rope of local layers has a base or a factor that is not a positive number');
  }
  return d;
}
