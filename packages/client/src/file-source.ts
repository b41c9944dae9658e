import type { LlamaCanister } from './canister.js';
import { check } from './checks/checked.js';
import { canisterShape, text } from './checks/shapes.js';
import { LlamaError } from './errors.js';
import type { ByteSource } from './source.js';

/** Bytes per download query; a query's reply may have 3 MiB. */
const PIECE_BYTES = 1_000_000;

/** A file on the canister, for callers with the admin query role. Errors: `NO_SUCH_FILE`, those of the canister. */
export async function canisterFile(canister: LlamaCanister, name: string, signal?: AbortSignal): Promise<ByteSource> {
  check('canisterFile: canister', canisterShape, canister);
  check('canisterFile: name', text, name);
  const details = await canister.fileDetails(name, { signal });
  if (!details) {
    throw new LlamaError('refused', 'NO_SUCH_FILE', `the canister has no file ${name}`, {
      value: name,
      next: `Upload it first: \`llama-canister upload ${name}\``,
    });
  }
  return {
    size: details.size,
    read: async (offset, length) => {
      const bytes = new Uint8Array(Math.max(0, Math.min(length, details.size - offset)));
      let at = 0;
      while (at < bytes.length) {
        const piece = await canister.downloadChunk(name, offset + at, Math.min(PIECE_BYTES, bytes.length - at), {
          signal,
        });
        if (piece.length === 0) return bytes.subarray(0, at);
        bytes.set(piece, at);
        at += piece.length;
      }
      return bytes;
    },
  };
}
