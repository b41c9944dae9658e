/** The metadata keys of routed experts, read and checked. */
import { Metadata } from '../gguf/metadata';
import { scaleOf } from './common-keys';
import { Description, Experts } from './description';

const MAX_EXPERTS: i64 = 1024;
const MAX_WIDTH: i64 = 65536;

/** What is wrong is left in `metadata.error`. */
export function readExperts(metadata: Metadata, d: Description, normalized: bool, shared: bool): Experts {
  const prefix = d.architecture + '.';
  if (!metadata.has(prefix + 'expert_count')) metadata.fail(`metadata key "${prefix}expert_count" is missing`);
  if (!metadata.has(prefix + 'expert_used_count'))
    metadata.fail(`metadata key "${prefix}expert_used_count" is missing`);
  const count = metadata.integer(prefix + 'expert_count', 1, 1, MAX_EXPERTS);
  const used = metadata.integer(prefix + 'expert_used_count', 1, 1, count);
  const width = metadata.integer(prefix + 'expert_feed_forward_length', <i64>d.feedForward / used, 1, MAX_WIDTH);
  if (width == 0) metadata.fail(`metadata key "${prefix}expert_feed_forward_length" is missing`);
  const scale = scaleOf(metadata, prefix + 'expert_weights_scale', 1);
  return new Experts(<usize>count, <usize>used, <usize>width, normalized, scale, shared);
}

/** Width of the expert that every token is sent to. */
export function sharedWidth(metadata: Metadata, d: Description): usize {
  const key = d.architecture + '.expert_shared_feed_forward_length';
  return <usize>metadata.integer(key, max<i64>(1, <i64>d.feedForward), 1, MAX_WIDTH);
}
