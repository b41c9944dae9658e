/** smollm3: every fourth layer has no positions. (arXiv 2501.18795 for the idea) */
import { Metadata } from '../../gguf/metadata';
import { ROPE_NORM } from '../../kernels/rope';
import { describeCommon } from '../common-keys';
import { Description } from '../description';

export function describeSmollm3(metadata: Metadata): Description {
  const d = describeCommon(metadata, 'smollm3');
  d.ropeKind = ROPE_NORM;
  d.ropeSkip = 4;
  d.turnsWholeHeads = true;
  return d;
}
