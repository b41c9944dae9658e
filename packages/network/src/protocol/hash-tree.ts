/** Hash trees (interface specification, "Certification"). */
import { domain, sha256 } from './request-id.js';

/** In the CBOR form of a tree. */
export type HashTree = [0] | [1, HashTree, HashTree] | [2, Uint8Array, HashTree] | [3, Uint8Array] | [4, Uint8Array];

/** A tree as one builds it: labels to subtrees, or a leaf. */
export type LabelledTree = Uint8Array | Map<string | Uint8Array, LabelledTree>;

const separators = {
  empty: domain('ic-hashtree-empty'),
  fork: domain('ic-hashtree-fork'),
  labelled: domain('ic-hashtree-labeled'),
  leaf: domain('ic-hashtree-leaf'),
};

/** Labels in byte order, paired up as evenly as possible. */
export function hashTree(tree: LabelledTree): HashTree {
  if (tree instanceof Uint8Array) return [3, tree];
  const nodes = [...tree]
    .map(([label, subtree]) => [Buffer.from(label), subtree] as const)
    .sort(([a], [b]) => Buffer.compare(a, b))
    .map(([label, subtree]): HashTree => [2, label, hashTree(subtree)]);
  const fork = (from: number, to: number): HashTree => {
    if (to === from) return [0];
    if (to === from + 1) return nodes[from]!;
    const middle = (from + to) >> 1;
    return [1, fork(from, middle), fork(middle, to)];
  };
  return fork(0, nodes.length);
}

export function rootHash(tree: HashTree): Uint8Array {
  switch (tree[0]) {
    case 0:
      return sha256(separators.empty);
    case 1:
      return sha256(separators.fork, rootHash(tree[1]), rootHash(tree[2]));
    case 2:
      return sha256(separators.labelled, tree[1], rootHash(tree[2]));
    case 3:
      return sha256(separators.leaf, tree[1]);
    case 4:
      return tree[1];
  }
}

/** Deeper than any tree that is certified here. */
const maxDepth = 512;

/** A tree out of decoded CBOR. Throws the problem as text. */
export function parseHashTree(value: unknown, depth = 0): HashTree {
  if (depth > maxDepth) throw new Error(`a hash tree is deeper than ${maxDepth}`);
  const node: unknown[] = Array.isArray(value) ? value : [];
  const [kind, first, second] = node;
  const isBlob = first instanceof Uint8Array;
  if (kind === 0 && node.length === 1) return [0];
  if (kind === 1 && node.length === 3) return [1, parseHashTree(first, depth + 1), parseHashTree(second, depth + 1)];
  if (kind === 2 && node.length === 3 && isBlob) return [2, first, parseHashTree(second, depth + 1)];
  if (kind === 3 && node.length === 2 && isBlob) return [3, first];
  if (kind === 4 && node.length === 2 && isBlob && first.length === 32) return [4, first];
  throw new Error('a hash tree has a node that is none of empty, fork, labelled, leaf, pruned');
}

/** The leaf at a path; undefined if the tree does not show one. */
export function lookUp(tree: HashTree, path: readonly (string | Uint8Array)[]): Uint8Array | undefined {
  const [label, ...rest] = path;
  if (label === undefined) return tree[0] === 3 ? tree[1] : undefined;
  if (tree[0] === 1) return lookUp(tree[1], path) ?? lookUp(tree[2], path);
  if (tree[0] !== 2 || Buffer.compare(Buffer.from(label), tree[1]) !== 0) return undefined;
  return lookUp(tree[2], rest);
}
