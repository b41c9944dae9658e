/**
 * Finds an entry by its directory and name: a hash table of all names, whatever their directory. Its buckets are 4
 * bytes (the first entry, 0 = none; entries are chained), 16,384 a page. It grows by one bucket for every name beyond
 * its number (linear hashing: W. Litwin, 1980), so that no message ever rehashes it.
 */
import { BUCKET_COUNT, BUCKET_SEGMENTS, NAME_COUNT, NAME_SEED } from './superblock';
import {
  FREE,
  NAME,
  NAME_HASH,
  NAME_SIZE,
  NEXT_IN_BUCKET,
  NO_INODE,
  PARENT,
  inode,
  inodeCount,
  kindOf,
} from './inodes';
import { entryOffset, reserveEntries } from './segments';
import { get, put, read } from './stable';

/** The longest name, in bytes of UTF-8. */
export const MAX_NAME: u32 = 255;

const PER_PAGE: u32 = 16384;
/** Buckets of an empty file system, a power of two. */
const FIRST_BUCKETS: u32 = 64;

const stored: usize = memory.data(256, 8);

/**
 * Hash of a directory and a name: FNV-1a, and MurmurHash3's finalizer so that the low bits depend on all. It starts
 * from a seed of this canister, so that nobody can compute in advance which names share a bucket.
 */
function hashOf(parent: u32, name: usize, size: u32): u32 {
  let hash: u32 = 0x811c9dc5 ^ get<u32>(NAME_SEED);
  for (let shift: u32 = 0; shift < 32; shift += 8) hash = (hash ^ ((parent >> shift) & 0xff)) * 0x01000193;
  for (let i: u32 = 0; i < size; ++i) hash = (hash ^ load<u8>(name + i)) * 0x01000193;
  hash = (hash ^ (hash >> 16)) * 0x85ebca6b;
  hash = (hash ^ (hash >> 13)) * 0xc2b2ae35;
  return hash ^ (hash >> 16);
}

function bucketOffset(bucket: u32): u64 {
  return entryOffset(BUCKET_SEGMENTS, bucket, PER_PAGE, 4);
}

/** Offset of the bucket of a hash. */
function bucketFor(hash: u32): u64 {
  const count = get<u32>(BUCKET_COUNT);
  const half = (<u32>1) << (31 - clz(count));
  const bucket = hash & (2 * half - 1);
  return bucketOffset(bucket < count ? bucket : bucket - half);
}

/** Makes the table of an empty file system; false if stable memory is full. */
export function createNames(): bool {
  if (!reserveEntries(BUCKET_SEGMENTS, 0, FIRST_BUCKETS, PER_PAGE)) return false;
  for (let bucket: u32 = 0; bucket < FIRST_BUCKETS; ++bucket) put<u32>(bucketOffset(bucket), 0);
  put<u32>(BUCKET_COUNT, FIRST_BUCKETS);
  return true;
}

/** The entry `name` of directory `parent`, or NO_INODE. */
export function findName(parent: u32, name: usize, size: u32): u32 {
  const hash = hashOf(parent, name, size);
  let index = get<u32>(bucketFor(hash));
  while (index != 0) {
    const entry = inode(index);
    if (
      get<u32>(entry + NAME_HASH) == hash &&
      get<u32>(entry + PARENT) == parent &&
      get<u16>(entry + NAME_SIZE) == <u16>size
    ) {
      read(stored, entry + NAME, size);
      if (memory.compare(stored, name, size) == 0) return index;
    }
    index = get<u32>(entry + NEXT_IN_BUCKET);
  }
  return NO_INODE;
}

/** Ensures that {@link addName} works `count` times; false if stable memory is full. */
export function reserveNames(count: u32): bool {
  const buckets = get<u32>(BUCKET_COUNT);
  const names = get<u32>(NAME_COUNT) + count;
  return names <= buckets || reserveEntries(BUCKET_SEGMENTS, buckets, names - buckets, PER_PAGE);
}

/** Adds a bucket and moves its entries there; all of them are in one other bucket. */
function addBucket(): void {
  const added = get<u32>(BUCKET_COUNT);
  const half = (<u32>1) << (31 - clz(added));
  let index = get<u32>(bucketOffset(added - half));
  let stays: u32 = 0;
  let goes: u32 = 0;
  while (index != 0) {
    const entry = inode(index);
    const next = get<u32>(entry + NEXT_IN_BUCKET);
    if ((get<u32>(entry + NAME_HASH) & (2 * half - 1)) == added) {
      put<u32>(entry + NEXT_IN_BUCKET, goes);
      goes = index;
    } else {
      put<u32>(entry + NEXT_IN_BUCKET, stays);
      stays = index;
    }
    index = next;
  }
  put<u32>(bucketOffset(added - half), stays);
  put<u32>(bucketOffset(added), goes);
  put<u32>(BUCKET_COUNT, added + 1);
}

/** Enters an entry whose parent and name were written. {@link reserveNames} comes first. */
export function addName(index: u32, name: usize, size: u32): void {
  const names = get<u32>(NAME_COUNT) + 1;
  put<u32>(NAME_COUNT, names);
  if (names > get<u32>(BUCKET_COUNT)) addBucket();
  const entry = inode(index);
  const hash = hashOf(get<u32>(entry + PARENT), name, size);
  const bucket = bucketFor(hash);
  put<u32>(entry + NAME_HASH, hash);
  put<u32>(entry + NEXT_IN_BUCKET, get<u32>(bucket));
  put<u32>(bucket, index);
}

/** Enters all names again, with another seed. */
export function rehash(seed: u32): void {
  put<u32>(NAME_SEED, seed);
  put<u32>(NAME_COUNT, 0);
  const buckets = get<u32>(BUCKET_COUNT);
  for (let bucket: u32 = 0; bucket < buckets; ++bucket) put<u32>(bucketOffset(bucket), 0);
  const count = inodeCount();
  for (let index: u32 = 1; index < count; ++index) {
    if (kindOf(index) == FREE) continue;
    const size = get<u16>(inode(index) + NAME_SIZE);
    read(stored, inode(index) + NAME, size);
    // The number of names does not change, so no bucket is added.
    addName(index, stored, size);
  }
}

/** Removes an entry from the table, before its parent or name changes. */
export function removeName(index: u32): void {
  const entry = inode(index);
  let link = bucketFor(get<u32>(entry + NAME_HASH));
  while (get<u32>(link) != index) link = inode(get<u32>(link)) + NEXT_IN_BUCKET;
  put<u32>(link, get<u32>(entry + NEXT_IN_BUCKET));
  put<u32>(NAME_COUNT, get<u32>(NAME_COUNT) - 1);
}
