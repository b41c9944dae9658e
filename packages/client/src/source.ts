import { check } from './checks/checked.js';
import { having, bytes as someBytes } from './checks/shapes.js';

/** A source of bytes: a file, a Blob, a file on a canister. */
export interface ByteSource {
  /** Total bytes. */
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

/** An incremental hash. */
export interface IncrementalHash {
  update(bytes: Uint8Array): void;
  /** The hash of everything so far, as hexadecimal digits; more may follow. */
  hex(): string;
}
