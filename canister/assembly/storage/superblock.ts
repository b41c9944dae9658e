/**
 * Page 0 of stable memory. Numbers are little endian; what is reserved is zero.
 *
 *     offset  bytes
 *          0      8   magic "LLAMAFS\x1a"
 *          8      4   layout version, 3
 *         12      4   reserved
 *         16      8   first page that was never used
 *         24      8   free pages below it
 *         32      8   no page below this one is free
 *         40      4   inodes that were ever used
 *         44      4   first free inode of the chain of them, 0 = none
 *         48      4   hash buckets
 *         52      4   names in all directories
 *         56      4   root directory of the system's tree (tree.ts), 0 = not there yet
 *         60      4   what hashes of names begin with (names.ts)
 *         64    128   32 x first page of a segment of the inode table (inodes.ts), 0 = not there yet
 *        192    128   32 x first page of a segment of the bucket table (names.ts)
 *        320    128   32 x first page of a segment of the table of shared pages (sharing.ts)
 *        448   3648   reserved
 *       4096  61440   240 records of layouts 1 and 2 (records.ts)
 *
 * Layout 1 has no shared pages. Layouts 1 and 2 have no tree of the system, their hashes begin with 0, and their
 * directories do not know what is below them (totals.ts): layout.ts brings them up to this one.
 *
 * The rest: page 1 and every 524,288th after it is a bitmap (allocator.ts); all others are handed out by it.
 *
 * A message changes stable memory as a whole or not at all, so there is no journal and no checksum.
 */
import { Problem } from '../problem';
import { PAGE, get, grow, pages, put } from './stable';

/** "LLAMAFS" and a byte that ends a text file. */
const MAGIC: u64 = 0x1a_53_46_41_4d_41_4c_4c;
const VERSION: u32 = 3;

export const FIRST_UNUSED_PAGE: u64 = 16;
export const FREE_PAGES: u64 = 24;
export const LOWEST_FREE_PAGE: u64 = 32;
export const INODE_COUNT: u64 = 40;
export const FREE_INODE: u64 = 44;
export const BUCKET_COUNT: u64 = 48;
export const NAME_COUNT: u64 = 52;
export const SYSTEM_ROOT: u64 = 56;
export const NAME_SEED: u64 = 60;
export const INODE_SEGMENTS: u64 = 64;
export const BUCKET_SEGMENTS: u64 = 192;
export const SHARING_SEGMENTS: u64 = 320;
export const RECORDS: u64 = 4096;

/** Whether stable memory is empty. */
export function isBlank(): bool {
  return pages() == 0;
}

/** Why this program cannot use the stable memory, or null. Changes nothing. */
export function refusal(): Problem | null {
  if (get<u64>(0) != MAGIC) {
    return new Problem(
      'the stable memory holds the data of another program, which this one would destroy: ' +
        'to keep the data, go back to that program and export it; to drop it, install with mode reinstall',
    );
  }
  const version = get<u32>(8);
  if (version > VERSION) {
    return new Problem(
      `the stable memory was written by a newer version of this program (layout ${version}, ` +
        `this one knows ${VERSION}): upgrade to that version or a later one`,
    );
  }
  if (version < 1 || get<u64>(FIRST_UNUSED_PAGE) > pages()) {
    return new Problem('the stable memory is damaged: it is shorter than it says');
  }
  return null;
}

/** The layout that the stable memory has. */
export function layoutVersion(): u32 {
  return get<u32>(8);
}

/** Sets the present layout version. */
export function markModern(): void {
  put<u32>(8, VERSION);
}

/** Formats an empty stable memory; false if it cannot grow. */
export function format(): bool {
  if (!grow(2)) return false;
  put<u64>(0, MAGIC);
  markModern();
  put<u64>(FIRST_UNUSED_PAGE, 2);
  put<u64>(LOWEST_FREE_PAGE, 2);
  // The bitmap's own page is in use.
  put<u8>(PAGE, 1);
  return true;
}
