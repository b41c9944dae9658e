import { Code, Problem } from '../../problem';
import { allocate, release } from '../../memory/heap';
import { CONTROL, UNKNOWN, USER_DEFINED, Vocabulary } from './vocabulary';

/** Bytes of the texts of all special tokens together; the largest in use (Gemma's 6 k) have 60 kB. Bounds the trie. */
const MAX_TRIE_BYTES: u32 = 4 << 20;
/** Bytes of one special token; runs of spaces reach 93. Bounds the cost of one position of a hostile text. */
const MAX_SPECIAL_BYTES: u32 = 256;
/** Most edges that one look-up may visit; stops tokens that are chosen to collide. */
const MAX_PROBES: u32 = 256;

const FREE: u32 = 0;

/**
 * The texts of the special tokens as a trie, to find them in a text at the cost of the prefix that matches.
 *
 *     edges  [ node << 8 | byte: u32 | child: u32, 0 if free ] * capacity     hashed, linear probing
 *     tokens [ id + 1: u32, 0 if no token ends here ] * nodes                 node 0 is the root
 */
export class SpecialTrie {
  /** Bytes of the longest special token; 0 if there is none. */
  longest: u32 = 0;
  private extent: usize = 0;
  private edges: usize = 0;
  private tokens: usize = 0;
  private mask: u32 = 0;
  private nodes: u32 = 1;

  /** Collects the tokens that are control, user-defined or unknown. Null, or why it cannot. */
  build(vocabulary: Vocabulary): Problem | null {
    let bytes: u32 = 0;
    for (let id = 0; id < vocabulary.size; ++id) {
      if (!isSpecial(vocabulary.attributesOf(id))) continue;
      const length = vocabulary.length(id);
      if (length > MAX_SPECIAL_BYTES) {
        return new Problem(`special token ${id} has ${length} bytes; at most ${MAX_SPECIAL_BYTES} are accepted`);
      }
      bytes += length;
      this.longest = max(this.longest, length);
    }
    if (bytes > MAX_TRIE_BYTES) {
      return new Problem(`the special tokens have ${bytes} bytes together; at most ${MAX_TRIE_BYTES} are accepted`);
    }
    let capacity: u32 = 256;
    while (capacity < 2 * bytes) capacity <<= 1;
    const size = <usize>capacity * 8 + <usize>(bytes + 1) * 4;
    this.extent = allocate(size);
    if (this.extent == 0) return new Problem('no memory is left for the special tokens', Code.HEAP_FULL);
    memory.fill(this.extent, 0, size);
    this.edges = this.extent;
    this.tokens = this.extent + <usize>capacity * 8;
    this.mask = capacity - 1;
    for (let id = 0; id < vocabulary.size; ++id) {
      if (!isSpecial(vocabulary.attributesOf(id)) || vocabulary.length(id) == 0) continue;
      if (this.insert(vocabulary, id)) continue;
      return new Problem('the vocabulary is refused: its special tokens are chosen to collide in a hash table');
    }
    return null;
  }

  dispose(): void {
    release(this.extent);
    this.extent = 0;
    this.longest = 0;
  }

  private insert(vocabulary: Vocabulary, id: i32): bool {
    const text = vocabulary.text(id);
    const length = vocabulary.length(id);
    let node: u32 = 0;
    for (let i: u32 = 0; i < length; ++i) {
      const key = (node << 8) | load<u8>(text + i);
      const edge = this.edge(key);
      if (edge == 0) return false;
      if (load<u32>(edge, 4) == FREE) {
        store<u32>(edge, key);
        store<u32>(edge, this.nodes++, 4);
      }
      node = load<u32>(edge, 4);
    }
    store<u32>(this.tokens + <usize>node * 4, id + 1);
    return true;
  }

  /** The edge of the key, or else the free one for it; 0 if neither is near. */
  private edge(key: u32): usize {
    let at = (key * 0x9e3779b1) >> 7;
    for (let probes: u32 = 0; probes < MAX_PROBES; ++probes, ++at) {
      const edge = this.edges + <usize>(at & this.mask) * 8;
      if (load<u32>(edge, 4) == FREE || load<u32>(edge) == key) return edge;
    }
    return 0;
  }

  /** The node that `byte` leads to from `node` (0 is the root), or 0 if none. */
  step(node: u32, byte: u32): u32 {
    const edge = this.edge((node << 8) | byte);
    return edge == 0 ? 0 : load<u32>(edge, 4);
  }

  /** The special token that ends at the node, or -1. */
  token(node: u32): i32 {
    return <i32>load<u32>(this.tokens + <usize>node * 4) - 1;
  }
}

function isSpecial(attributes: u32): bool {
  return (attributes & (CONTROL | USER_DEFINED | UNKNOWN)) != 0;
}
