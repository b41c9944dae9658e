/** olmo2: also Olmo 3, whose local layers are not stretched. (arXiv 2501.00656) */
import { Metadata } from '../../gguf/metadata';
import { ROPE_NEOX } from '../../kernels/rope';
import { describeCommon } from '../common-keys';
import { Description, HEADS_TOGETHER, OUTPUT_REQUIRED } from '../description';
import { readWindow } from '../layer-values';

/** By default three local layers for every global one. */
const PATTERN: u32 = 4;

export function describeOlmo2(metadata: Metadata): Description {
  const d = describeCommon(metadata, 'olmo2');
  d.ropeKind = ROPE_NEOX;
  d.inputNorms = false;
  d.postNorms = true;
  d.queryKeyNorm = HEADS_TOGETHER;
  d.turnsWholeHeads = true;
  d.output = OUTPUT_REQUIRED;
  d.ropePlainLocal = true;
  readWindow(metadata, d, PATTERN);
  return d;
}
