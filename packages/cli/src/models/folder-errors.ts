import { LlamaError } from '@llama-canister/client';

/** The error for a file of the cache that cannot be written. */
export function unwritable(path: string, cause: unknown): LlamaError {
  const { code, message } = cause as NodeJS.ErrnoException;
  const elsewhere = 'or choose another folder: --cache FOLDER, or LLAMA_CANISTER_CACHE.';
  if (code === 'ENOSPC' || code === 'EDQUOT' || code === 'EFBIG') {
    return new LlamaError('input', 'DISK_FULL', `the disk is full: ${message}`, {
      value: path,
      next: `Make room (the command models says what is here, rm removes it), ${elsewhere} What came so far is kept.`,
      cause,
    });
  }
  return new LlamaError('input', 'CANNOT_WRITE', `${path} cannot be written: ${message}`, {
    value: path,
    next: `Check who owns its folder, ${elsewhere}`,
    cause,
  });
}
