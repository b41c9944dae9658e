/**
 * The place of a canister's heap in the real memory. In front of it are the marks: a byte for each 64 KiB page that the
 * canister can have (instrument.ts explains the bits). They take whole pages, so that the canister's own stay aligned.
 *
 *     32-bit   [ 65,536 marks  | up to 65,535 pages ]     one page less than on main net
 *     64-bit   [ 131,072 marks | up to 98,304 pages ]     6 GiB; marks beyond 98,304 stay zero
 *
 * An engine may stop a 64-bit memory earlier than that: V8 of Node 20 at 4 GiB. Growing beyond it fails as it does on a
 * machine without memory.
 */
export interface HeapLayout {
  /** Distance between a canister's addresses and the real ones, in bytes. */
  base: number;
  /** The most pages that a canister's memory can have. */
  maxPages: number;
}

const layout32: HeapLayout = { base: 65536, maxPages: 65535 };
const layout64: HeapLayout = { base: 2 * 65536, maxPages: 6 * 16384 };

export function heapLayout(memory64: boolean): HeapLayout {
  return memory64 ? layout64 : layout32;
}
