import type { CallOptions, LlamaCanister } from './canister.js';
import { check } from './checks/checked.js';
import { canisterShape } from './checks/shapes.js';
import { loadedModelCard } from './model-card.js';
import { type ChatFormat, chatFormat, plainFormat } from './template.js';

/**
 * The chat format of the model that a canister has loaded, from `model_info`, which every caller who may chat can read.
 * If the model has no template, or the canister does not say, its `origin` is `plain`, which continues the text
 * unchanged.
 */
export async function loadedChatFormat(canister: LlamaCanister, options?: CallOptions): Promise<ChatFormat> {
  check('loadedChatFormat: canister', canisterShape, canister);
  const info = await canister.modelInfo(options);
  return info ? chatFormat(loadedModelCard(info)) : plainFormat;
}
