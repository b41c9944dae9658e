/** What a directory and everything below it use of stable memory. */
import { isDirectory, lookUp } from './directory';
import { BYTES_BELOW, FILES_BELOW, NO_INODE, inode } from './inodes';
import { Path } from './path';
import { get } from './stable';
import { Tree, rootOf } from './tree';


@final
export class Usage {
  constructor(
    /** Files, at any depth. */
    readonly files: u64,
    /** Bytes of the pages that the files' contents fill, whole ones; pages that files share count for each. */
    readonly bytes: u64,
  ) {}
}

/** The usage below a directory; zero if it does not exist. */
export function usageOf(text: string, tree: Tree = Tree.Clients): Usage {
  const path = new Path(text);
  const root = rootOf(tree);
  const isThere = path.problem === null && root != NO_INODE;
  const directory = isThere ? lookUp(root, path.parts, path.parts.length) : NO_INODE;
  if (directory == NO_INODE || !isDirectory(directory)) return new Usage(0, 0);
  return new Usage(get<u64>(inode(directory) + FILES_BELOW), get<u64>(inode(directory) + BYTES_BELOW));
}
