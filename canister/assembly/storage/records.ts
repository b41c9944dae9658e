/**
 * Small values that outlive the program, 240 of up to 252 bytes, in the superblock's page:
 *
 *     slot   [ size: u32, 0 = never written | 252 bytes ]
 *
 * What a record means, and its number, is up to service/. A record grows by fields at its end: a program that knows more
 * fields than were written reads zeros for them, so zero has to mean "as before".
 */
import { RECORDS } from './superblock';
import { get, put, read, write } from './stable';

const SLOT: u64 = 256;
const SLOTS: u32 = 240;
/** The largest record, in bytes. */
export const MAX_RECORD: u32 = 252;

/**
 * Copies record `number` to the heap, `size` bytes: what was written, and zeros for the rest. False, and all zeros, if
 * it was never written.
 */
export function readRecord(number: u32, dst: usize, size: u32): bool {
  memory.fill(dst, 0, size);
  if (number >= SLOTS) return false;
  const slot = RECORDS + <u64>number * SLOT;
  const written = get<u32>(slot);
  read(dst, slot + 4, min(written, size));
  return written > 0;
}

/** Writes the whole record; false if there is no such record, or it is too large. */
export function writeRecord(number: u32, src: usize, size: u32): bool {
  if (number >= SLOTS || size > MAX_RECORD || size == 0) return false;
  const slot = RECORDS + <u64>number * SLOT;
  put<u32>(slot, size);
  write(slot + 4, src, size);
  return true;
}
