/** phi2: Phi 1, 1.5 and 2. (arXiv 2309.05463) */
import { Metadata } from '../../gguf/metadata';
import { GATE_GELU } from '../../kernels/activation';
import { ROPE_NEOX } from '../../kernels/rope';
import { describeCommon } from '../common-keys';
import { Description, NORM_LAYER } from '../description';

export function describePhi2(metadata: Metadata): Description {
  const d = describeCommon(metadata, 'phi2', NORM_LAYER);
  d.ropeKind = ROPE_NEOX;
  d.parallel = true;
  d.queryKeyValueBias = true;
  d.gated = false;
  d.gate = GATE_GELU;
  return d;
}
