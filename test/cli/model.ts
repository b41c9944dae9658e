import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** A real model that tells stories, of the maintainers' shared data. */
export const stories = join(root, '../shared/data/models/stories260Ktok512.gguf');
/** The repository's own model. */
export const tinyChat = join(root, 'models/tiny-chat/tiny-chat-q8_0.gguf');

/** Whether the canister that was built can run a model. */
function answers(): boolean {
  const wasm = join(root, 'canister/build/llama.wasm');
  if (!existsSync(wasm)) return false;
  const names = WebAssembly.Module.exports(new WebAssembly.Module(readFileSync(wasm))).map(({ name }) => name);
  return names.includes('canister_update run_update') && names.includes('canister_update load_model');
}

/** Why tests with this model (or any) cannot run here, or '' where they can. */
export function missing(model?: string): string {
  if (!answers()) return ' (skipped: canister/build/llama.wasm has no run_update)';
  return model === undefined || existsSync(model) ? '' : ` (skipped: ${model} is not here)`;
}
