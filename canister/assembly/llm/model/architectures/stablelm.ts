/**
 * stablelm: StableLM 3B, 2 1.6B, 2 12B. (arXiv 2402.17834) The file's tensors determine whether heads are normalised
 * and whether blocks are parallel: its key `use_parallel_residual` is also true for models whose blocks are not.
 */
import { Metadata } from '../../gguf/metadata';
import { ROPE_NEOX } from '../../kernels/rope';
import { describeCommon } from '../common-keys';
import { Description, HEADS_APART, NORM_LAYER, OUTPUT_REQUIRED } from '../description';

export function describeStablelm(metadata: Metadata): Description {
  const d = describeCommon(metadata, 'stablelm', NORM_LAYER);
  d.ropeKind = ROPE_NEOX;
  d.queryKeyNorm = HEADS_APART;
  d.parallelWithoutNorm = true;
  d.output = OUTPUT_REQUIRED;
  return d;
}
