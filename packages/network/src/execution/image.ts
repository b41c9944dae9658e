/** A canister's code and memory as plain data, for snapshots. */
import type { GlobalValues, MemorySizes } from './message.js';

/** Pages of 64 KiB: their numbers, and their concatenated content. */
export interface PageImage {
  pages: Uint32Array;
  bytes: Uint8Array;
}

export interface CanisterImage {
  wasm: Uint8Array;
  memory: MemorySizes;
  globals: GlobalValues;
  /** Pages that are not here hold zeros. */
  heap: PageImage;
  stable: PageImage;
}

const pageBytes = 65536;

export function pageImage(pages: readonly [page: number, content: Uint8Array][]): PageImage {
  const image = { pages: new Uint32Array(pages.length), bytes: new Uint8Array(pages.length * pageBytes) };
  pages.forEach(([page, content], i) => {
    image.pages[i] = page;
    image.bytes.set(content, i * pageBytes);
  });
  return image;
}

export function* pagesOf({ pages, bytes }: PageImage): Generator<[page: number, content: Uint8Array]> {
  for (let i = 0; i < pages.length; i++) yield [pages[i]!, bytes.subarray(i * pageBytes, (i + 1) * pageBytes)];
}

/** Whether a page holds anything but zeros. */
export function holdsAnything(content: Uint8Array): boolean {
  return new BigUint64Array(content.buffer, content.byteOffset, pageBytes / 8).some((word) => word !== 0n);
}
