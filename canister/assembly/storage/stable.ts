/**
 * Stable memory, which outlives the program: typed access by byte offset. The system takes 20 instructions for a read
 * or write and one for each byte, so single fields are read where they are needed and nothing is mirrored in the heap.
 */
import { stable64_grow, stable64_read, stable64_size, stable64_write } from '../ic/ic0';
import { Code, Problem } from '../problem';

/** Stable memory grows, is allocated and is charged for in pages. */
export const PAGE: u64 = 65536;

/**
 * The most bytes that one read or write moves. An operation that costs more than the rest of its slice (2 B
 * instructions) traps on the main network, whatever the limit of the message.
 */
export const BULK: u64 = 16 << 20;

const word: usize = memory.data(8, 8);
/** Never written to: the source of {@link zero}. */
const zeros: usize = memory.data(4096, 8);
/** The buffer of {@link move}. */
const carrier: usize = memory.data(4096, 8);

/** The size of stable memory in pages. */
export function pages(): u64 {
  return stable64_size();
}

/** The size of stable memory in bytes. */
export function stableBytes(): u64 {
  return pages() * PAGE;
}

/** The problem that stable memory is full: there is no room `purpose`. */
export function full(purpose: string): Problem {
  return new Problem(`stable memory is full: there is no room ${purpose}`, Code.STORAGE_FULL);
}

/** Adds pages, all zero; false if the limit is reached. */
export function grow(count: u64): bool {
  return stable64_grow(count) >= 0;
}

// @ts-ignore: decorator
@inline
export function get<T>(offset: u64): T {
  stable64_read(<u64>word, offset, sizeof<T>());
  return load<T>(word);
}

// @ts-ignore: decorator
@inline
export function put<T>(offset: u64, value: T): void {
  store<T>(word, value);
  stable64_write(offset, <u64>word, sizeof<T>());
}

/** Copies `size` bytes to the heap. */
export function read(dst: usize, offset: u64, size: u64): void {
  while (size > 0) {
    const part = min(size, BULK);
    stable64_read(<u64>dst, offset, part);
    dst += <usize>part;
    offset += part;
    size -= part;
  }
}

/** Copies `size` bytes from the heap. */
export function write(offset: u64, src: usize, size: u64): void {
  while (size > 0) {
    const part = min(size, BULK);
    stable64_write(offset, <u64>src, part);
    src += <usize>part;
    offset += part;
    size -= part;
  }
}

export function zero(offset: u64, size: u64): void {
  while (size > 0) {
    const part = min<u64>(size, 4096);
    stable64_write(offset, <u64>zeros, part);
    offset += part;
    size -= part;
  }
}

/** Copies bytes within stable memory; the two ranges may overlap. */
export function move(to: u64, from: u64, size: u64): void {
  if (to < from) {
    for (let done: u64 = 0; done < size;) {
      const part = min<u64>(size - done, 4096);
      stable64_read(<u64>carrier, from + done, part);
      stable64_write(to + done, <u64>carrier, part);
      done += part;
    }
  } else {
    for (let left = size; left > 0;) {
      const part = min<u64>(left, 4096);
      left -= part;
      stable64_read(<u64>carrier, from + left, part);
      stable64_write(to + left, <u64>carrier, part);
    }
  }
}
