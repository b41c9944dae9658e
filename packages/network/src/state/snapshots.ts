/**
 * Snapshots of canisters: their metadata. Their bytes are blobs of the store, or in memory if nothing is kept on disk.
 */
import { type CanisterImage, type PageImage, pageImage, pagesOf } from '../execution/image.js';
import type { GlobalValues, MemorySizes } from '../execution/message.js';
import type { Store } from '../storage/store.js';

const pageBytes = 65536;

/** The name of a blob, or the bytes themselves. */
type Bytes = string | Uint8Array;

interface KeptPages {
  pages: Uint32Array;
  bytes: Bytes;
}

/** The parts of a snapshot that can be read and uploaded in pieces. */
export type SnapshotSpace = 'wasm' | 'heap' | 'stable';

/** A piece that was uploaded. */
interface Part {
  space: SnapshotSpace;
  offset: number;
  bytes: Bytes;
}

export interface Snapshot {
  id: Uint8Array;
  takenAt: bigint;
  canisterVersion: bigint;
  totalBytes: number;
  certifiedData: Uint8Array;
  /** Hashes in hex of the chunk store; the bytes are blobs, or in memory. */
  chunks: [hash: string, chunk: Bytes][];
  wasm: Bytes;
  memory: MemorySizes;
  globals: GlobalValues;
  heap: KeptPages;
  stable: KeptPages;
  /** Only for an uploaded snapshot: the module's size, and the uploaded pieces, later ones over earlier ones. */
  uploaded?: UploadedSnapshot;
}

/** A global with its type, as the management canister tells it. */
export type GlobalValue = { i32: number } | { i64: bigint } | { f32: number } | { f64: number } | { v128: bigint };

export interface UploadedSnapshot {
  wasmBytes: number;
  globals: GlobalValue[];
  parts: Part[];
  /** Nanoseconds; 0: not set; undefined: nothing was said. */
  globalTimer: bigint | undefined;
  lowMemoryTold: boolean | undefined;
}

export const snapshotName = (id: Uint8Array) => Buffer.from(id).toString('hex');

export function keepBytes(store: Store, bytes: Uint8Array): Bytes {
  return store.folder === undefined ? bytes : store.keepBlob(bytes);
}

export function readBytes(store: Store, bytes: Bytes): Uint8Array {
  return typeof bytes === 'string' ? store.blob(bytes) : bytes;
}

const sizeOf = (store: Store, bytes: Bytes) => readBytes(store, bytes).length;

/** Bytes of a snapshot's module, heap or stable memory. */
export function spaceBytes(store: Store, snapshot: Snapshot, space: SnapshotSpace): number {
  if (space !== 'wasm') return snapshot.memory[space];
  return snapshot.uploaded?.wasmBytes ?? sizeOf(store, snapshot.wasm);
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

/** An image that nothing has been uploaded to. */
export function emptyImage(): Pick<Snapshot, 'wasm' | 'heap' | 'stable'> {
  const nothing = { pages: new Uint32Array(), bytes: new Uint8Array() };
  return { wasm: new Uint8Array(), heap: nothing, stable: nothing };
}

export function readImage(store: Store, snapshot: Snapshot): CanisterImage {
  const { wasm, memory, globals, heap, stable, uploaded } = snapshot;
  if (uploaded !== undefined) return assembled(store, snapshot, uploaded);
  const pages = ({ pages, bytes }: KeptPages): PageImage => ({ pages, bytes: readBytes(store, bytes) });
  return { wasm: readBytes(store, wasm), memory, globals, heap: pages(heap), stable: pages(stable) };
}

function assembled(store: Store, { memory, globals }: Snapshot, { wasmBytes, parts }: UploadedSnapshot): CanisterImage {
  const wasm = new Uint8Array(wasmBytes);
  const pages = { heap: new Map<number, Uint8Array>(), stable: new Map<number, Uint8Array>() };
  for (const { space, offset, bytes } of parts) {
    const content = readBytes(store, bytes);
    if (space === 'wasm') wasm.set(content, offset);
    else writePages(pages[space], offset, content);
  }
  const image = (all: Map<number, Uint8Array>) => pageImage([...all].sort(([a], [b]) => a - b));
  return { wasm, memory, globals, heap: image(pages.heap), stable: image(pages.stable) };
}

function writePages(pages: Map<number, Uint8Array>, offset: number, content: Uint8Array): void {
  for (let done = 0; done < content.length; ) {
    const page = Math.floor((offset + done) / pageBytes);
    const at = (offset + done) % pageBytes;
    const part = content.subarray(done, done + pageBytes - at);
    const target = pages.get(page) ?? new Uint8Array(pageBytes);
    pages.set(page, target);
    target.set(part, at);
    done += part.length;
  }
}

/** `size` bytes of an image from `offset` on. */
export function readRange(image: CanisterImage, space: SnapshotSpace, offset: number, size: number): Uint8Array {
  if (space === 'wasm') return image.wasm.slice(offset, offset + size);
  const result = new Uint8Array(size);
  for (const [page, content] of pagesOf(image[space])) {
    const start = page * pageBytes;
    const from = Math.max(start, offset);
    const to = Math.min(start + pageBytes, offset + size);
    if (from < to) result.set(content.subarray(from - start, to - start), from - offset);
  }
  return result;
}

/** Names of the blobs that a snapshot needs. */
export function blobsOf({ wasm, heap, stable, chunks, uploaded }: Snapshot): string[] {
  const parts = uploaded?.parts.map(({ bytes }) => bytes) ?? [];
  const all = [wasm, heap.bytes, stable.bytes, ...chunks.map(([, chunk]) => chunk), ...parts];
  return all.filter((bytes) => typeof bytes === 'string');
}
