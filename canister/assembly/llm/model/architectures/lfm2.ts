/** lfm2: LFM2 and LFM2.5, short convolutions between a few layers of attention. (arXiv 2511.23404) */
import { Metadata } from '../../gguf/metadata';
import { ROPE_NEOX } from '../../kernels/rope';
import { describeCommon } from '../common-keys';
import { Description, HEADS_ALIKE } from '../description';

/** Most positions that a convolution sees; real ones see three. */
const MAX_TAPS: i64 = 16;

export function describeLfm2(metadata: Metadata): Description {
  const d = describeCommon(metadata, 'lfm2');
  d.ropeKind = ROPE_NEOX;
  d.queryKeyNorm = HEADS_ALIKE;
  d.outputNorm = 'token_embd_norm';
  d.taps = readTaps(metadata, 'lfm2');
  d.window = <u32>metadata.integer('lfm2.attention.sliding_window', 0, 0, i32.MAX_VALUE);
  d.windowPattern = 0;
  return d;
}

/** Positions that a short convolution sees. */
export function readTaps(metadata: Metadata, architecture: string): usize {
  const key = architecture + '.shortconv.l_cache';
  metadata.require(key);
  return <usize>metadata.integer(key, 3, 2, MAX_TAPS);
}
