/**
 * The SHA-256 of a file, updated while the file is written from front to back, over any number of messages and
 * programs. The inode has the state after its first HASHED bytes, which are whole blocks. Bytes written out of order
 * are hashed later, in steps.
 */
import { readContent } from './content';
import { HASHED, HASH_STATE, SIZE } from './inodes';
import { BLOCK, finish, start, update } from './sha256';
import { get, put, read, write } from './stable';

/** Bytes that are read at once to be hashed. */
const PIECE: u64 = 16384;

const state: usize = memory.data(32, 16);
const piece: usize = memory.data(16384, 16);

function loadState(entry: u64): u64 {
  const hashed = get<u64>(entry + HASHED);
  if (hashed == 0) start(state);
  else read(state, entry + HASH_STATE, 32);
  return hashed;
}

function saveState(entry: u64, hashed: u64): void {
  put<u64>(entry + HASHED, hashed);
  write(entry + HASH_STATE, state, 32);
}

/** To be called after bytes from `offset` on have changed. */
export function forget(entry: u64, offset: u64): void {
  if (offset < get<u64>(entry + HASHED)) put<u64>(entry + HASHED, 0);
}

/**
 * To be called after `size` bytes at `src` were written at the end, at `offset`: hashes them if all before are hashed.
 */
export function append(entry: u64, offset: u64, src: usize, size: u64): void {
  const hashed = loadState(entry);
  const pending = offset - hashed;
  if (pending >= BLOCK || pending + size < BLOCK) return;
  let used: u64 = 0;
  if (pending > 0) {
    used = BLOCK - pending;
    readContent(entry, hashed, piece, pending);
    memory.copy(piece + <usize>pending, src, <usize>used);
    update(state, piece, 1);
  }
  const blocks = (size - used) / BLOCK;
  update(state, src + <usize>used, <u32>blocks);
  saveState(entry, offset + used + blocks * BLOCK);
}

/** Bytes that are still to be hashed before {@link digest} can answer. */
export function unhashed(entry: u64): u64 {
  return (get<u64>(entry + SIZE) - get<u64>(entry + HASHED)) & ~(<u64>BLOCK - 1);
}

/** Hashes up to `bytes` more bytes; returns whether all are hashed. About 80 instructions a byte, with page charges. */
export function catchUp(entry: u64, bytes: u64): bool {
  const whole = unhashed(entry);
  let left = min(bytes, whole) & ~(<u64>BLOCK - 1);
  if (left > 0) {
    let hashed = loadState(entry);
    while (left > 0) {
      const part = min(left, PIECE);
      readContent(entry, hashed, piece, part);
      update(state, piece, <u32>(part / BLOCK));
      hashed += part;
      left -= part;
    }
    saveState(entry, hashed);
  }
  return bytes >= whole;
}

/** The SHA-256 of the whole file as 64 hexadecimal digits, or null as long as bytes are unhashed. */
export function digest(entry: u64): string | null {
  if (unhashed(entry) > 0) return null;
  const hashed = loadState(entry);
  const size = get<u64>(entry + SIZE);
  readContent(entry, hashed, piece, size - hashed);
  return finish(state, piece, size);
}
