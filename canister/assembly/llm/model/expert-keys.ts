/** The metadata keys of routed experts, read and checked. */
import { Metadata } from '../gguf/metadata';
import { Description, Experts, GATING_CHOSEN, GATING_SIGMOID, GATING_SOFTMAX } from './description';
import { sameOfAll } from './layer-values';

const MAX_EXPERTS: i64 = 1024;
const MAX_WIDTH: i64 = 65536;

/** Experts whose width has a key of its own. Problems are left in `metadata.problem`. */
export function readExperts(metadata: Metadata, d: Description): Experts {
  const key = d.architecture + '.expert_feed_forward_length';
  return expertsOf(metadata, d, <usize>sameOfAll(metadata, key, d, 0, 0, MAX_WIDTH), key);
}

/** Experts that are as wide as `feed_forward_length` says. Problems are left in `metadata.problem`. */
export function readWideExperts(metadata: Metadata, d: Description): Experts {
  return expertsOf(metadata, d, d.feedForward, d.architecture + '.feed_forward_length');
}

/** @param width of each; 0: an equal part of `feed_forward_length` */
function expertsOf(metadata: Metadata, d: Description, width: usize, key: string): Experts {
  const prefix = d.architecture + '.';
  metadata.require(prefix + 'expert_count');
  const count = metadata.integer(prefix + 'expert_count', 1, 1, MAX_EXPERTS);
  const used = sameOfAll(metadata, prefix + 'expert_used_count', d, -1, 1, count);
  const each = width > 0 ? width : d.feedForward / <usize>max<i64>(1, used);
  if (each == 0) metadata.fail(`metadata key "${key}" is missing or 0`);
  return new Experts(<usize>count, <usize>used, each);
}

/** Width of the shared expert: that of `feed_forward_length`, if it has none of its own. */
export function sharedWidth(metadata: Metadata, d: Description): usize {
  const given = sharedLength(metadata, d);
  return given > 0 ? given : max<usize>(1, d.feedForward);
}

/** What the file says about the width of the shared expert; 0: nothing. */
export function sharedLength(metadata: Metadata, d: Description): usize {
  const key = d.architecture + '.expert_shared_feed_forward_length';
  return <usize>metadata.integer(key, 0, 0, MAX_WIDTH);
}

/** How ratings become weights: GATING_... */
export function readGating(metadata: Metadata, key: string): i32 {
  metadata.require(key);
  const gating = metadata.integer(key, GATING_SOFTMAX, 0, <i64>u32.MAX_VALUE);
  if (gating < GATING_SOFTMAX || gating > GATING_CHOSEN) {
    const known = `${GATING_SOFTMAX} (softmax), ${GATING_SIGMOID} (sigmoid) and ${GATING_CHOSEN} (softmax of the chosen)`;
    metadata.fail(`metadata key "${key}" is ${gating}: of the ways to weight experts, ${known} are supported`);
  }
  return <i32>gating;
}
