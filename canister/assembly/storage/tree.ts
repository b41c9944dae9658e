/**
 * There are two trees of files: that of the clients, whose paths come in with calls, and one that is the system's own.
 * No path leads from one to the other, so what is in the system's needs no protection from what a client may name.
 */
import { DIRECTORY, NO_INODE, PARENT, ROOT, inode, reserveInodes, takeInode } from './inodes';
import { get, put } from './stable';
import { SYSTEM_ROOT } from './superblock';

export enum Tree {
  Clients,
  System,
}

/** The root directory of a tree; NO_INODE if nothing was ever put into it. */
export function rootOf(tree: Tree): u32 {
  if (tree == Tree.Clients) return ROOT;
  const root = get<u32>(SYSTEM_ROOT);
  return root == 0 ? NO_INODE : root;
}

/** As {@link rootOf}, and makes it; NO_INODE if stable memory is full. */
export function makeRoot(tree: Tree): u32 {
  const root = rootOf(tree);
  if (root != NO_INODE) return root;
  if (!reserveInodes(1)) return NO_INODE;
  const made = takeInode(DIRECTORY);
  put<u32>(inode(made) + PARENT, made);
  put<u32>(SYSTEM_ROOT, made);
  return made;
}
