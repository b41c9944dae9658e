/** What a directory and all below it take of stable memory. */
import { isDirectory, lookUp } from './directory';
import { FIRST_CHILD, NEXT_SIBLING, NO_INODE, SIZE, inode } from './inodes';
import { Path } from './path';
import { PAGE, get } from './stable';


@final
export class Usage {
  /** Files and directories. */
  entries: u32 = 0;
  /** Bytes of the pages that the files' contents fill, whole ones; pages that files share count for each. */
  bytes: u64 = 0;

  /** Takes in everything below the directory of a number. */
  addBelow(directory: u32): void {
    for (let index = get<u32>(inode(directory) + FIRST_CHILD); index != 0;) {
      ++this.entries;
      if (isDirectory(index)) this.addBelow(index);
      else this.bytes += pageBytes(get<u64>(inode(index) + SIZE));
      index = get<u32>(inode(index) + NEXT_SIBLING);
    }
  }
}

/** Bytes of the pages that so many bytes of a file fill. */
export function pageBytes(size: u64): u64 {
  return (size + PAGE - 1) & ~(PAGE - 1);
}

/** What is below a directory; nothing if there is no such one. */
export function usageOf(text: string): Usage {
  const usage = new Usage();
  const path = new Path(text);
  if (path.problem !== null) return usage;
  const directory = lookUp(path.parts, path.parts.length);
  if (directory != NO_INODE && isDirectory(directory)) usage.addBelow(directory);
  return usage;
}
