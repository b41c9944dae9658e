// Hash trees: how a canister certifies more than 32 bytes (interface specification, "Certificate", hash trees). The tree
// of the site is made and cut to what each answer needs when the canister is built, because all of it is known then.
import { createHash } from 'node:crypto';

export function sha256(...parts) {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
}

/** A hash of the parts, that cannot be taken for another's: the name of what it is of, with its length, comes first. */
function hashOf(name, ...parts) {
  return sha256(Buffer.of(name.length), name, ...parts);
}

/** The head of a CBOR item (RFC 8949, section 3) of a major type and a length below 65,536. */
function head(major, length) {
  if (length < 24) return Buffer.of((major << 5) | length);
  return length < 256 ? Buffer.of((major << 5) | 24, length) : Buffer.of((major << 5) | 25, length >> 8, length & 255);
}

const bytes = (content) => Buffer.concat([head(2, content.length), content]);
const array = (...items) => Buffer.concat([head(4, items.length), ...items]);
const number = (value) => head(0, value);
/** The tag that says that it is CBOR. */
const selfDescribed = Buffer.of(0xd9, 0xd9, 0xf7);

/** A list of texts in CBOR. */
export function cborTexts(texts) {
  const items = texts.map((text) => Buffer.concat([head(3, Buffer.byteLength(text)), Buffer.from(text)]));
  return Buffer.concat([selfDescribed, array(...items)]);
}

/** What a path leads to, in a tree whose paths are lists of labels. `labels` has the branches by their label as hex. */
export class Tree {
  labels = new Map();

  /** Adds a path that ends in an empty leaf. */
  add(path) {
    let at = this;
    for (const label of path) {
      const key = Buffer.from(label).toString('hex');
      if (!at.labels.has(key)) at.labels.set(key, new Tree());
      at = at.labels.get(key);
    }
  }

  /** [label, tree] of each branch, in the order of the labels' bytes. */
  get branches() {
    const pairs = [...this.labels].map(([key, tree]) => [Buffer.from(key, 'hex'), tree]);
    return pairs.sort(([one], [other]) => Buffer.compare(one, other));
  }

  /**
   * The root's hash, and the tree as CBOR where `isShown` says of a path what is in it; all else is there by its hash.
   * @param {(path: Buffer[]) => boolean} isShown
   * @param {Buffer[]} path where this one is
   * @returns {{ hash: Buffer, cbor: Buffer }}
   */
  witness(isShown, path = []) {
    const { branches } = this;
    if (branches.length === 0)
      return { hash: hashOf('ic-hashtree-leaf'), cbor: array(number(3), bytes(Buffer.alloc(0))) };
    const shown = branches.map(([label, tree]) => {
      const below = tree.witness(isShown, [...path, label]);
      const hash = hashOf('ic-hashtree-labeled', label, below.hash);
      if (!isShown([...path, label])) return { hash, cbor: pruned(hash), isPruned: true };
      return { hash, cbor: array(number(2), bytes(label), below.cbor) };
    });
    return shown.reduceRight((right, left) => {
      const hash = hashOf('ic-hashtree-fork', left.hash, right.hash);
      const isPruned = left.isPruned && right.isPruned;
      return { hash, isPruned, cbor: isPruned ? pruned(hash) : array(number(1), left.cbor, right.cbor) };
    });
  }

  get hash() {
    return this.witness(() => false).hash;
  }
}

const pruned = (hash) => array(number(4), bytes(hash));

/** A witness as the header `IC-Certificate` has it. */
export const encode = ({ cbor }) => Buffer.concat([selfDescribed, cbor]);
