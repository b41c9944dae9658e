/** olmo2: also Olmo 3, whose local layers are not stretched. (arXiv 2501.00656) */
import { Metadata } from '../../gguf/metadata';
import { ROPE_NEOX } from '../../kernels/rope';
import { describeCommon } from '../common-keys';
import { Description, HEADS_TOGETHER } from '../description';

/** Three local layers for every one that looks at everything, where the file does not say otherwise. */
const PATTERN: i64 = 4;

export function describeOlmo2(metadata: Metadata): Description {
  const d = describeCommon(metadata, 'olmo2');
  d.ropeKind = ROPE_NEOX;
  d.inputNorms = false;
  d.postNorms = true;
  d.queryKeyNorm = HEADS_TOGETHER;
  d.window = <u32>metadata.integer('olmo2.attention.sliding_window', 0, 0, i32.MAX_VALUE);
  d.windowPattern = <i32>metadata.integer('olmo2.attention.sliding_window_pattern', PATTERN, 1, 1024);
  return d;
}
