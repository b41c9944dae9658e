import type { CallOptions, LlamaCanister } from './canister.js';
import { check } from './checks/checked.js';
import { canisterShape } from './checks/shapes.js';
import { loadedModelCard } from './model-card.js';
import { type ChatFormat, chatFormat, plainFormat } from './template.js';

/**
 * The chat format of the model that a canister has loaded, as `model_info` tells it to everybody who may chat. Its `origin`
 * is `plain`, which continues the text as it is, where the model has no template or the canister does not say.
 */
export async function loadedChatFormat(canister: LlamaCanister, options?: CallOptions): Promise<ChatFormat> {
  check('loadedChatFormat: canister', canisterShape, canister);
  const info = await canister.modelInfo(options);
  return info ? chatFormat(loadedModelCard(info)) : plainFormat;
}
