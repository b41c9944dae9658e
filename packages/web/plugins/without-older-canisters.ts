import type { Plugin } from 'vite';

/**
 * Leaves out what the client has for canisters without generations, 20 KiB with its templates: the page shows what only
 * generations have, so such a canister is answered as one that is not supported.
 */
export function withoutOlderCanisters(): Plugin {
  const id = '\0without-older-canisters';
  return {
    name: 'without-older-canisters',
    enforce: 'pre',
    resolveId: (source) => (source.endsWith('/run-update/answer.js') ? id : undefined),
    load: (found) =>
      found === id
        ? `import { LlamaError } from '@llama-canister/client';
           export function runUpdateAnswer() {
             throw new LlamaError('refused', 'NO_GENERATIONS', 'this canister has no generations');
           }`
        : undefined,
  };
}
