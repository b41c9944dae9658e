/** The metadata keys of routed experts, read and checked. */
import { Metadata } from '../gguf/metadata';
import { Description, Experts } from './description';
import { sameOfAll } from './layer-values';

const MAX_EXPERTS: i64 = 1024;
const MAX_WIDTH: i64 = 65536;

/** Problems are left in `metadata.problem`. */
export function readExperts(metadata: Metadata, d: Description, normalized: bool, shared: bool): Experts {
  const prefix = d.architecture + '.';
  metadata.require(prefix + 'expert_count');
  const count = metadata.integer(prefix + 'expert_count', 1, 1, MAX_EXPERTS);
  const used = sameOfAll(metadata, prefix + 'expert_used_count', d, -1, 1, count);
  const key = prefix + 'expert_feed_forward_length';
  const given = sameOfAll(metadata, key, d, 0, 0, MAX_WIDTH);
  const width = given > 0 ? given : <i64>d.feedForward / used;
  if (width == 0) metadata.fail(`metadata key "${key}" is missing`);
  return new Experts(<usize>count, <usize>used, <usize>width, normalized, shared);
}

/** Width of the shared expert. */
export function sharedWidth(metadata: Metadata, d: Description): usize {
  const key = d.architecture + '.expert_shared_feed_forward_length';
  const given = metadata.integer(key, 0, 0, MAX_WIDTH);
  return given > 0 ? <usize>given : max<usize>(1, d.feedForward);
}
