/**
 * There are two trees of files: the clients' tree, whose paths come with calls, and the system's own tree. No path
 * leads from one to the other, so the system's files need no protection from the names that clients choose.
 */
import { DIRECTORY, NO_INODE, PARENT, ROOT, inode, reserveInodes, takeInode } from './inodes';
import { get, put } from './stable';
import { SYSTEM_ROOT } from './superblock';

export enum Tree {
  Clients,
  System,
}

/** The root directory of a tree; NO_INODE if it was never used. */
export function rootOf(tree: Tree): u32 {
  if (tree == Tree.Clients) return ROOT;
  const root = get<u32>(SYSTEM_ROOT);
  return root == 0 ? NO_INODE : root;
}

/** As {@link rootOf}, but creates it; NO_INODE if stable memory is full. */
export function makeRoot(tree: Tree): u32 {
  const root = rootOf(tree);
  if (root != NO_INODE) return root;
  if (!reserveInodes(1)) return NO_INODE;
  const made = takeInode(DIRECTORY);
  put<u32>(inode(made) + PARENT, made);
  put<u32>(SYSTEM_ROOT, made);
  return made;
}
