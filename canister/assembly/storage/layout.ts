/**
 * Migrates the stable memory of an earlier layout to the present one, once, in the message of the upgrade. This takes
 * about 2,000 instructions a file, of the 300 B that an upgrade may execute.
 */
import { now } from '../ic/clock';
import { BYTES_BELOW, DIRECTORY, FILE, FILES_BELOW, PARENT, SIZE, inode, inodeCount, kindOf } from './inodes';
import { rehash } from './names';
import { get, put } from './stable';
import { layoutVersion, markModern } from './superblock';
import { addTotals, pageBytes } from './totals';

const TOTALS_AND_SEED: u32 = 3;

/** A seed for the hashes of names that callers do not know. */
export function newSeed(): u32 {
  const time = now();
  return <u32>(time ^ (time >> 32)) * 0x9e3779b1;
}

export function modernize(): void {
  if (layoutVersion() < TOTALS_AND_SEED) {
    sum();
    rehash(newSeed());
  }
  markModern();
}

/** Computes the totals of all directories. */
function sum(): void {
  const count = inodeCount();
  for (let index: u32 = 0; index < count; ++index) {
    if (kindOf(index) != DIRECTORY) continue;
    put<u64>(inode(index) + FILES_BELOW, 0);
    put<u64>(inode(index) + BYTES_BELOW, 0);
  }
  for (let index: u32 = 0; index < count; ++index) {
    if (kindOf(index) != FILE) continue;
    const entry = inode(index);
    addTotals(get<u32>(entry + PARENT), 1, <i64>pageBytes(get<u64>(entry + SIZE)));
  }
}
