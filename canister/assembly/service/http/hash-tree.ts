/** Hash trees: how a canister certifies more than 32 bytes (interface specification, "Certificate", hash trees). */
import { sha256 } from '../../storage/sha256';
import { compare, concat, utf8 } from './bytes';

function hashOf(parts: ArrayBuffer[]): ArrayBuffer {
  const all = concat(parts);
  return sha256(changetype<usize>(all), all.byteLength);
}

/** The domain separator of a hash: its length and name. */
function domain(name: string): ArrayBuffer {
  return utf8(String.fromCharCode(name.length) + name);
}

/** The head of a CBOR item (RFC 8949, section 3) of a major type and a length below 65,536. */
function head(major: u32, length: u32): ArrayBuffer {
  const bytes = new ArrayBuffer(length < 24 ? 1 : length < 256 ? 2 : 3);
  const ptr = changetype<usize>(bytes);
  if (length < 24) {
    store<u8>(ptr, <u8>((major << 5) | length));
  } else if (length < 256) {
    store<u8>(ptr, <u8>((major << 5) | 24));
    store<u8>(ptr, <u8>length, 1);
  } else {
    store<u8>(ptr, <u8>((major << 5) | 25));
    store<u16>(ptr, bswap<u16>(<u16>length), 1);
  }
  return bytes;
}

function item(major: u32, bytes: ArrayBuffer): ArrayBuffer {
  return concat([head(major, bytes.byteLength), bytes]);
}

/** A list of texts in CBOR, with the tag that says that it is CBOR. */
export function cborTexts(texts: string[]): ArrayBuffer {
  const parts = [selfDescribed(), head(4, texts.length)];
  for (let i = 0; i < texts.length; ++i) parts.push(item(3, utf8(texts[i])));
  return concat(parts);
}

function selfDescribed(): ArrayBuffer {
  const tag = new ArrayBuffer(3);
  store<u8>(changetype<usize>(tag), 0xd9);
  store<u8>(changetype<usize>(tag), 0xd9, 1);
  store<u8>(changetype<usize>(tag), 0xf7, 2);
  return tag;
}

/** A tree, by its root hash and its CBOR. */
@final
export class HashTree {
  private constructor(
    readonly hash: ArrayBuffer,
    private readonly cbor: ArrayBuffer,
  ) {}

  static leaf(): HashTree {
    return new HashTree(
      hashOf([domain('ic-hashtree-leaf')]),
      concat([head(4, 2), head(0, 3), item(2, new ArrayBuffer(0))]),
    );
  }

  static labeled(label: ArrayBuffer, tree: HashTree): HashTree {
    return new HashTree(
      hashOf([domain('ic-hashtree-labeled'), label, tree.hash]),
      concat([head(4, 3), head(0, 2), item(2, label), tree.cbor]),
    );
  }

  private static fork(left: HashTree, right: HashTree): HashTree {
    return new HashTree(
      hashOf([domain('ic-hashtree-fork'), left.hash, right.hash]),
      concat([head(4, 3), head(0, 1), left.cbor, right.cbor]),
    );
  }

  /** One of several labels, in any order. */
  static of(branches: Branch[]): HashTree {
    const sorted = branches.slice();
    sorted.sort((a, b) => compare(a.label, b.label));
    let tree = HashTree.labeled(sorted[sorted.length - 1].label, sorted[sorted.length - 1].tree);
    for (let i = sorted.length - 2; i >= 0; --i) {
      tree = HashTree.fork(HashTree.labeled(sorted[i].label, sorted[i].tree), tree);
    }
    return tree;
  }

  /** All of it in CBOR. */
  encode(): ArrayBuffer {
    return concat([selfDescribed(), this.cbor]);
  }
}

/** A branch of a tree, with its label. */
@final
export class Branch {
  constructor(
    readonly label: ArrayBuffer,
    readonly tree: HashTree,
  ) {}
}
