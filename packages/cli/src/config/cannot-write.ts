import { LlamaError } from '@llama-canister/client';

const FULL: ReadonlySet<string | undefined> = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);

/** Advice for a file that cannot be written, by why that is. */
interface Advice {
  /** Another place for it: `or choose another folder: --cache FOLDER`. */
  elsewhere: string;
  /** How to make room. */
  room?: string;
  /** What becomes of what was written before. */
  kept?: string;
}

/** The error for a file that cannot be written: `DISK_FULL`, else `CANNOT_WRITE`. */
export function cannotWrite(path: string, cause: unknown, { elsewhere, room = 'Make room', kept }: Advice): LlamaError {
  const { code, message } = cause as NodeJS.ErrnoException;
  if (!FULL.has(code)) {
    const next = `Check who owns its folder, ${elsewhere}.`;
    return new LlamaError('input', 'CANNOT_WRITE', `${path} cannot be written: ${message}`, {
      value: path,
      next,
      cause,
    });
  }
  const next = `${room}, ${elsewhere}.${kept === undefined ? '' : ` ${kept}`}`;
  return new LlamaError('input', 'DISK_FULL', `the disk is full: ${message}`, { value: path, next, cause });
}
