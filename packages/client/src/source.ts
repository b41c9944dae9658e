import { check } from './checks/checked.js';
import { having, bytes as someBytes } from './checks/shapes.js';

/** Where bytes are read from: a file, a Blob, a file on a canister. */
export interface ByteSource {
  /** Bytes in all. */
  readonly size: number;
  /** The `length` bytes from `offset`; fewer only at the end. */
  read(offset: number, length: number): Promise<Uint8Array>;
}

/** A File or Blob of the browser. */
export function blobSource(blob: Blob): ByteSource {
  check('blobSource: blob', having('a File or Blob', 'slice', 'arrayBuffer'), blob);
  return {
    size: blob.size,
    read: async (offset, length) => new Uint8Array(await blob.slice(offset, offset + length).arrayBuffer()),
  };
}

/** Bytes in memory. */
export function bytesSource(bytes: Uint8Array): ByteSource {
  check('bytesSource: bytes', someBytes, bytes);
  return { size: bytes.length, read: async (offset, length) => bytes.subarray(offset, offset + length) };
}

/** A hash that is fed piece by piece. */
export interface IncrementalHash {
  update(bytes: Uint8Array): void;
  /** The hash of everything fed so far, as hexadecimal digits; more may be fed afterwards. */
  hex(): string;
}
