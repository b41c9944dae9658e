import type { LlamaCanister } from './canister.js';
import { check, record } from './checks/checked.js';
import { callback, canisterShape, maybe, signal as someSignal, text, texts } from './checks/shapes.js';
import { LlamaError } from './errors.js';
import { delay } from './retry.js';

export interface LoadOptions {
  /** More of llama.cpp's flags: --ctx-size, --cache-type-k and so on. */
  args?: readonly string[];
  signal?: AbortSignal;
  /** Called with the text of `ready` while the canister continues loading by itself. */
  onProgress?: (says: string) => void;
}

const loadOptions = record<LoadOptions>()({
  args: maybe(texts),
  signal: maybe(someSignal),
  onProgress: maybe(callback),
});

const POLL_MS = 1_000;

/** The text of `ready` while a large file is loaded over several messages. */
const LOADING = /\bloading\b/i;

/**
 * Loads a file on the canister as its model and waits until `ready` succeeds. Returns the canister's text. Errors:
 * those of the canister, `NOT_LOADED` if loading ended without a model.
 */
export async function load(canister: LlamaCanister, name: string, options: LoadOptions = {}): Promise<string> {
  check('load: canister', canisterShape, canister);
  check('load: name', text, name);
  check('load: options', loadOptions, options);
  const { args = [], signal, onProgress } = options;
  const said = await canister.loadModel(['--model', name, ...args], { signal });
  for (;;) {
    const { ready, reason } = await canister.ready({ signal });
    if (ready) return said;
    if (!LOADING.test(reason)) {
      throw new LlamaError('refused', 'NOT_LOADED', `${name} was not loaded: ${reason}`, { value: reason });
    }
    onProgress?.(reason);
    await delay(POLL_MS, signal);
  }
}
