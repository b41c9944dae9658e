/**
 * What layouts 1 and 2 had in place of values (values.ts): 240 records of up to 252 bytes in the superblock's page. A
 * program that finds some makes values of them, and none is written any more.
 *
 *     slot   [ size: u32, 0 = never written | 252 bytes ]
 */
import { get, put, read } from './stable';
import { RECORDS } from './superblock';

const SLOT: u64 = 256;
/** The largest record, in bytes. */
const MAX_RECORD: u32 = 252;

/** Copies record `number` to the heap, padded with zeros to 252 bytes. Returns how many bytes were written. */
export function readRecord(number: u32, dst: usize): u32 {
  const slot = RECORDS + <u64>number * SLOT;
  const size = min(get<u32>(slot), MAX_RECORD);
  memory.fill(dst, 0, MAX_RECORD);
  read(dst, slot + 4, size);
  return size;
}

/** Makes a record unwritten. */
export function clearRecord(number: u32): void {
  put<u32>(RECORDS + <u64>number * SLOT, 0);
}
