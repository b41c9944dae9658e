import type { LlamaError } from '@llama-canister/client';
import { cannotWrite } from '../config/cannot-write.js';

/** The error for a file of the cache that cannot be written. */
export function unwritable(path: string, cause: unknown): LlamaError {
  return cannotWrite(path, cause, {
    elsewhere: 'or choose another folder: --cache FOLDER, or LLAMA_CANISTER_CACHE',
    room: 'Make room (the command models lists the pulled models, rm removes them)',
    kept: 'The received part is kept.',
  });
}
