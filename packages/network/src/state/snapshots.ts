/** Snapshots of canisters: what is known of them. Their bytes are blobs of the store, or here where nothing is kept on disk. */
import type { CanisterImage, PageImage } from '../execution/image.js';
import type { GlobalValues, MemorySizes } from '../execution/message.js';
import type { Store } from '../storage/store.js';

/** The name of a blob, or the bytes themselves. */
type Bytes = string | Uint8Array;

interface KeptPages {
  pages: Uint32Array;
  bytes: Bytes;
}

export interface Snapshot {
  id: Uint8Array;
  takenAt: bigint;
  canisterVersion: bigint;
  totalBytes: number;
  certifiedData: Uint8Array;
  /** Hashes in hex of the chunk store, whose bytes are blobs, or are here. */
  chunks: [hash: string, chunk: Bytes][];
  wasm: Bytes;
  memory: MemorySizes;
  globals: GlobalValues;
  heap: KeptPages;
  stable: KeptPages;
}

export const snapshotName = (id: Uint8Array) => Buffer.from(id).toString('hex');

export function keepBytes(store: Store, bytes: Uint8Array): Bytes {
  return store.folder === undefined ? bytes : store.keepBlob(bytes);
}

export function readBytes(store: Store, bytes: Bytes): Uint8Array {
  return typeof bytes === 'string' ? store.blob(bytes) : bytes;
}

/** The parts of a snapshot that are an image. */
export function keepImage(
  store: Store,
  image: CanisterImage,
): Pick<Snapshot, 'wasm' | 'memory' | 'globals' | 'heap' | 'stable'> {
  const pages = ({ pages, bytes }: PageImage): KeptPages => ({ pages, bytes: keepBytes(store, bytes) });
  const { memory, globals } = image;
  return { wasm: keepBytes(store, image.wasm), memory, globals, heap: pages(image.heap), stable: pages(image.stable) };
}

export function readImage(store: Store, { wasm, memory, globals, heap, stable }: Snapshot): CanisterImage {
  const pages = ({ pages, bytes }: KeptPages): PageImage => ({ pages, bytes: readBytes(store, bytes) });
  return { wasm: readBytes(store, wasm), memory, globals, heap: pages(heap), stable: pages(stable) };
}

/** Names of the blobs that a snapshot needs. */
export function blobsOf({ wasm, heap, stable, chunks }: Snapshot): string[] {
  const all = [wasm, heap.bytes, stable.bytes, ...chunks.map(([, chunk]) => chunk)];
  return all.filter((bytes) => typeof bytes === 'string');
}
