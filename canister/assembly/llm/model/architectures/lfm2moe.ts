/** lfm2moe: LFM2 with routed experts behind the first layers, chosen with a bias. (arXiv 2511.23404) */
import { Metadata } from '../../gguf/metadata';
import { ROPE_NEOX } from '../../kernels/rope';
import { describeCommon } from '../common-keys';
import { Description, HEADS_ALIKE } from '../description';
import { readExperts, readGating } from '../expert-keys';
import { readTaps } from './lfm2';

export function describeLfm2Moe(metadata: Metadata): Description {
  const d = describeCommon(metadata, 'lfm2moe');
  d.ropeKind = ROPE_NEOX;
  d.queryKeyNorm = HEADS_ALIKE;
  d.outputNorm = 'token_embd_norm';
  d.taps = readTaps(metadata, 'lfm2moe');
  metadata.require('lfm2moe.expert_feed_forward_length');
  const experts = readExperts(metadata, d);
  experts.normalized = true;
  experts.choiceBias = true;
  experts.gating = readGating(metadata, 'lfm2moe.expert_gating_func');
  experts.denseLayers = <i32>metadata.integer('lfm2moe.leading_dense_block_count', 0, 0, <i64>d.layers);
  d.experts = experts;
  return d;
}
