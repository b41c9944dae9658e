/** falcon: Falcon 7B, and 40B, which has a norm each for attention and the feed-forward block. (arXiv 2311.16867) */
import { Metadata } from '../../gguf/metadata';
import { GATE_GELU } from '../../kernels/activation';
import { ROPE_NEOX } from '../../kernels/rope';
import { describeCommon } from '../common-keys';
import { BIAS_NONE, Description, NORM_LAYER } from '../description';

export function describeFalcon(metadata: Metadata): Description {
  const d = describeCommon(metadata, 'falcon', NORM_LAYER);
  d.ropeKind = ROPE_NEOX;
  d.turnsWholeHeads = true;
  d.queryKeyValueBias = BIAS_NONE;
  d.parallel = true;
  d.gated = false;
  d.gate = GATE_GELU;
  return d;
}
