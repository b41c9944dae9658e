/**
 * The table of files and directories, 128 entries of 512 bytes a page. Entry 0 is the root directory. Everything about
 * an entry is in its 512 bytes, its name and the first ten extents included, so that to append to a file touches one
 * page beside the data.
 *
 *     offset  bytes
 *          0      1   kind: 0 free, 1 file, 2 directory, 3 value (values.ts)
 *          1      1   file: 1 = other files may have some of its pages, too (sharing.ts)
 *          2      2   bytes of the name
 *          4      4   generation: how often the entry was freed; tells an old handle from a new file
 *          8      4   parent directory, a root: itself  free: next free entry, 0 = none
 *         12      4   next entry with the same bucket (names.ts), 0 = none
 *         16      4   next in the directory, 0 = none
 *         20      4   previous in the directory, 0 = none
 *         24      4   directory: first entry           file: number of extents (extents.ts)
 *         28      4   directory: last entry            file: first page of the table of extents, 0 = they are below
 *         32      8   directory: number of entries     file, value: size in bytes
 *         40      8   creation time, nanoseconds since 1970
 *         48      8   modification time
 *         56      4   hash of parent and name (names.ts)
 *         60      4   file: pages of the table of extents
 *         64      8   file: bytes that the SHA-256 state covers, a multiple of 64 (digest.ts)
 *                     directory: files below it, at any depth (totals.ts)
 *         72     32   file: SHA-256 state after them    directory: bytes of the pages of those files, u64
 *        104      8   file: where the last write started
 *        112      4   file: number of changes of the content
 *        116      1   file: 1 = the content has changed since it was sealed (file.ts)
 *        117      1   file: 1 = some of its pages were given back, and read as zeros (file.ts)
 *        118     10   reserved
 *        128    120   file: up to ten extents          value: its bytes
 *        248      4   file: its companion (companion.ts), 0 = none
 *        252      4   file: the file whose companion it is, 0 = none
 *        256    255   name, UTF-8
 *        511      1   reserved
 */
import { now } from '../ic/clock';
import { FREE_INODE, INODE_COUNT, INODE_SEGMENTS } from './superblock';
import { entryOffset, reserveEntries } from './segments';
import { get, put, zero } from './stable';

export const FREE: u8 = 0;
export const FILE: u8 = 1;
export const DIRECTORY: u8 = 2;
export const VALUE: u8 = 3;

export const ROOT: u32 = 0;
/** Stands for a missing entry. */
export const NO_INODE: u32 = u32.MAX_VALUE;

export const SHARES: u64 = 1;
export const NAME_SIZE: u64 = 2;
export const GENERATION: u64 = 4;
export const PARENT: u64 = 8;
export const NEXT_IN_BUCKET: u64 = 12;
export const NEXT_SIBLING: u64 = 16;
export const PREVIOUS_SIBLING: u64 = 20;
export const FIRST_CHILD: u64 = 24;
export const LAST_CHILD: u64 = 28;
export const EXTENT_COUNT: u64 = 24;
export const EXTENT_TABLE: u64 = 28;
export const SIZE: u64 = 32;
export const CHILDREN: u64 = 32;
export const CREATED: u64 = 40;
export const MODIFIED: u64 = 48;
export const NAME_HASH: u64 = 56;
export const EXTENT_TABLE_PAGES: u64 = 60;
export const HASHED: u64 = 64;
export const FILES_BELOW: u64 = 64;
export const BYTES_BELOW: u64 = 72;
export const HASH_STATE: u64 = 72;
export const LAST_WRITE: u64 = 104;
export const CHANGES: u64 = 112;
export const UNSEALED: u64 = 116;
export const HOLLOW: u64 = 117;
export const EXTENTS: u64 = 128;
export const COMPANION: u64 = 248;
export const COMPANION_OF: u64 = 252;
export const NAME: u64 = 256;

/** Bytes in the place of the extents, where a small value is stored. */
export const MAX_INLINE: u32 = 120;

const INODE: u64 = 512;
const PER_PAGE: u32 = 128;
/** Every number is a u32, and none is {@link NO_INODE}. */
const MAX_INODES: u32 = 1 << 31;

/** Byte offset of an entry. */
export function inode(index: u32): u64 {
  return entryOffset(INODE_SEGMENTS, index, PER_PAGE, INODE);
}

/** Entries that were ever used; their numbers are below it. */
export function inodeCount(): u32 {
  return get<u32>(INODE_COUNT);
}

export function kindOf(index: u32): u8 {
  return get<u8>(inode(index));
}

/** Ensures that {@link takeInode} works `count` times; false if stable memory is full. */
export function reserveInodes(count: u32): bool {
  let missing = count;
  // Freed entries are used first.
  for (let freed = get<u32>(FREE_INODE); freed != 0 && missing > 0; --missing) freed = get<u32>(inode(freed) + PARENT);
  if (missing == 0) return true;
  const present = get<u32>(INODE_COUNT);
  return present < MAX_INODES - missing && reserveEntries(INODE_SEGMENTS, present, missing, PER_PAGE);
}

/** Takes an entry, new or freed, and makes it an empty file or directory created now. {@link reserveInodes} first. */
export function takeInode(kind: u8): u32 {
  const count = get<u32>(INODE_COUNT);
  const freed = get<u32>(FREE_INODE);
  let index = freed;
  let generation: u32 = 0;
  if (freed != 0) {
    put<u32>(FREE_INODE, get<u32>(inode(freed) + PARENT));
    generation = get<u32>(inode(freed) + GENERATION);
  } else {
    index = count;
    put<u32>(INODE_COUNT, count + 1);
  }
  const entry = inode(index);
  zero(entry, INODE);
  put<u8>(entry, kind);
  put<u32>(entry + GENERATION, generation);
  put<u64>(entry + CREATED, now());
  put<u64>(entry + MODIFIED, now());
  return index;
}

/** Frees an entry that nothing refers to any more. */
export function releaseInode(index: u32): void {
  const entry = inode(index);
  put<u8>(entry, FREE);
  put<u32>(entry + GENERATION, get<u32>(entry + GENERATION) + 1);
  put<u32>(entry + PARENT, get<u32>(FREE_INODE));
  put<u32>(FREE_INODE, index);
}
