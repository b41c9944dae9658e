/** phi3: Phi 3, 3.5 and 4. (arXiv 2404.14219) Its sliding window is not used, as llama.cpp does not use it either. */
import { Metadata } from '../../gguf/metadata';
import { ROPE_NEOX } from '../../kernels/rope';
import { describeCommon } from '../common-keys';
import { Description, FACTORS_LONG_SHORT } from '../description';

export function describePhi3(metadata: Metadata): Description {
  const d = describeCommon(metadata, 'phi3');
  d.ropeKind = ROPE_NEOX;
  d.ropeFactors = FACTORS_LONG_SHORT;
  d.fusedGate = true;
  return d;
}
