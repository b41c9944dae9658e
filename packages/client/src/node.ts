// The parts that need Node: files, keys in PEM, and a SHA-256 that is faster than the one for browsers.
import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { check } from './checks/checked.js';
import { bytes, text } from './checks/shapes.js';
import { LlamaError } from './errors.js';
import type { ByteSource, IncrementalHash } from './source.js';
import { unopened } from './unopened.js';

export { badPem, identityFromPem, readIdentity } from './pem.js';
export { unopened } from './unopened.js';

/** A file that is open for reading; close it after use. */
export interface FileSource extends ByteSource {
  close(): Promise<void>;
}

/** Opens a file. Errors: `NO_SUCH_FILE`, `NOT_A_FILE`, `CANNOT_READ`. */
export async function openFile(path: string): Promise<FileSource> {
  check('openFile: path', text, path);
  const file = await open(path, 'r').catch((cause: NodeJS.ErrnoException) => {
    throw unopened(path, cause);
  });
  const stat = await file.stat();
  if (!stat.isFile()) {
    await file.close();
    throw new LlamaError('input', 'NOT_A_FILE', `${path} is no file`, {
      value: path,
      next: 'Give the path of a file, not of a folder or a device.',
    });
  }
  return {
    size: stat.size,
    read: async (offset, length) => {
      const buffer = Buffer.allocUnsafeSlow(Math.max(0, Math.min(length, stat.size - offset)));
      let at = 0;
      while (at < buffer.length) {
        const { bytesRead } = await file.read(buffer, at, buffer.length - at, offset + at);
        if (bytesRead === 0) break;
        at += bytesRead;
      }
      return new Uint8Array(buffer.buffer, buffer.byteOffset, at);
    },
    close: () => file.close(),
  };
}

/** Node's SHA-256. */
export function sha256(): IncrementalHash {
  const hash = createHash('sha256');
  const update = (piece: Uint8Array) => {
    check('update: bytes', bytes, piece);
    hash.update(piece);
  };
  return { update, hex: () => hash.copy().digest('hex') };
}
