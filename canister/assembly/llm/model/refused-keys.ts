/**
 * Keys that llama.cpp reads for the architectures of this folder, that change the model's answers, and that the engine
 * does not support: a file is refused if they have any other value than the one that is computed. Keys that llama.cpp
 * does not read for an architecture are not read here either; docs/engine.md has the keys of each.
 */
import { Metadata } from '../gguf/metadata';
import { Description } from './description';
import { ofFirst } from './layer-values';

/** Problems are left in `metadata.problem`. */
export function refuseUnsupported(metadata: Metadata, d: Description): void {
  const prefix = d.architecture + '.';
  if (!metadata.flag(prefix + 'attention.causal', true)) {
    metadata.fail(
      `metadata key "${prefix}attention.causal" is false, which is not supported: every token would see those that follow it`,
    );
  }
  only(metadata, prefix + 'nextn_predict_layers', 0, 'layers that predict further tokens are not supported');
  if (d.experts !== null) only(metadata, prefix + 'expert_group_count', 1, 'experts in groups are not supported');
  else checkUnrouted(metadata, d);
  const turning = metadata.integer(prefix + 'rope.dimension_count', d.keyDim, 0, <i64>u32.MAX_VALUE);
  if (d.turnsWholeHeads && turning != d.keyDim) {
    metadata.fail(
      `metadata key "${prefix}rope.dimension_count" is ${turning}: heads of "${d.architecture}" turn whole, ${d.keyDim} dimensions`,
    );
  }
  if (d.window == 0) return;
  same(metadata, prefix + 'attention.key_length_swa', d.keyDim);
  same(metadata, prefix + 'attention.value_length_swa', d.valueDim);
  same(metadata, prefix + 'rope.dimension_count_swa', d.ropeDims);
}

function only(metadata: Metadata, key: string, most: i64, why: string): void {
  const value = metadata.integer(key, 0, 0, <i64>u32.MAX_VALUE);
  if (value > most) metadata.fail(`metadata key "${key}" is ${value}: ${why}`);
}

/** For keys of local layers, which must have the shape of the others. */
function same(metadata: Metadata, key: string, value: i64): void {
  const local = metadata.integer(key, value, 0, <i64>u32.MAX_VALUE);
  if (local != value) {
    metadata.fail(`metadata key "${key}" is ${local}, which is not supported: layers that are not local have ${value}`);
  }
}

/** For an architecture without experts, whose expert keys have to be valid all the same. */
function checkUnrouted(metadata: Metadata, d: Description): void {
  const prefix = d.architecture + '.';
  const count = metadata.integer(prefix + 'expert_count', 0, 0, <i64>u32.MAX_VALUE);
  const used = ofFirst(metadata, prefix + 'expert_used_count', d, <i64>u32.MAX_VALUE);
  if (used > count || (used == 0 && count > 0)) {
    metadata.fail(`metadata key "${prefix}expert_used_count" is ${used} of ${count} experts`);
  }
  if (count == 0) only(metadata, prefix + 'expert_group_count', 0, 'there are no experts');
}

/** For an architecture whose feed-forward blocks may be experts in llama.cpp. */
export function refuseExperts(metadata: Metadata, architecture: string): void {
  const count = metadata.integer(architecture + '.expert_count', 0, 0, <i64>u32.MAX_VALUE);
  if (count > 0) metadata.fail(`mixtures of experts are not supported for the architecture "${architecture}"`);
}
