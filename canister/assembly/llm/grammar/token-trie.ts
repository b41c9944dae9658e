import { Code, Problem, Result } from '../../problem';
import { allocate, release } from '../../memory/heap';
import { Tokenizer } from '../tokenizer/tokenizer';
import { sortTexts, sortingBytes } from './text-sort';

/** Bytes of a token's text: longer ones are not in the trie but on a list. */
const MAX_DEPTH: u32 = 255;
/** Nodes: their numbers have 24 bits in a node. Real vocabularies have up to a million. */
const MAX_NODES: u64 = (1 << 24) - 1;

const DEPTH_SHIFT: u64 = 8;
const TOKEN_SHIFT: u64 = 16;
const SKIP_SHIFT: u64 = 40;

/**
 * The texts of a vocabulary as a trie, with its nodes in the order of a walk, so that it is read from front to back,
 * and the nodes below a dead end are skipped.
 *
 *     nodes  [ byte: 8 bits | depth, 1 for the first byte: 8 | token that ends here + 1: 24 | next node not below: 24 ]
 *     * n
 *     speaking [ a bit each ] * tokens      tokens that have a text or a name, and do not end a generation
 *     long   [ id: u32 ] * n                tokens whose texts are longer than 255 bytes
 *
 * Two tokens with the same text are two neighbouring nodes. Control tokens have no text: a grammar can only name them.
 */
@final
export class TokenTrie {
  nodes: usize = 0;
  nodeCount: u32 = 0;
  speaking: usize = 0;
  long: usize = 0;
  longCount: u32 = 0;
  private head: usize = 0;

  private constructor(readonly tokenizer: Tokenizer) {}

  /** Makes the trie of a vocabulary, or nothing is held. */
  static of(tokenizer: Tokenizer): Result<TokenTrie> {
    const trie = new TokenTrie(tokenizer);
    const problem = trie.build();
    if (problem === null) return Result.ok<TokenTrie>(trie);
    trie.dispose();
    return Result.fail<TokenTrie>(problem);
  }

  /** Bytes of one bit for each token. */
  get maskBytes(): u32 {
    return ((this.tokenizer.size + 63) >> 6) << 3;
  }

  /**
   * Texts go to a workspace: [ length: u8 | bytes ] * tokens, and a list of them to be sorted,
   * [ address: u32 | id: u32 ] * tokens. Null, or what is wrong.
   */
  private build(): Problem | null {
    const tokenizer = this.tokenizer;
    const size = <u32>tokenizer.size;
    const list = (<usize>size) << 3;
    const workspace = allocate(list + sortingBytes(size) + this.textBytes() + tokenizer.longestPiece + 8);
    const head = <usize>this.maskBytes + ((<usize>size) << 2);
    this.head = workspace == 0 ? 0 : allocate(head);
    if (this.head == 0) {
      release(workspace);
      return noMemory();
    }
    this.speaking = this.head;
    this.long = this.head + this.maskBytes;
    memory.fill(this.speaking, 0, this.maskBytes);
    const count = this.readTexts(workspace, workspace + list + sortingBytes(size));
    sortTexts(workspace, count, workspace + list);
    const problem = this.open(workspace, count);
    if (problem === null) this.link(workspace, count);
    release(workspace);
    return problem;
  }

  /** Makes room for the nodes of the sorted texts. Null, or why there is none. */
  private open(list: usize, count: u32): Problem | null {
    let nodes: u64 = 0;
    let before: usize = 0;
    for (let i: u32 = 0; i < count; ++i) {
      const text: usize = load<u32>(list + ((<usize>i) << 3));
      nodes += load<u8>(text) - commonBytes(before, text);
      before = text;
    }
    if (nodes > MAX_NODES) {
      return new Problem(
        `the vocabulary has too much text for a grammar: ${nodes} nodes; at most ${MAX_NODES} are accepted`,
      );
    }
    this.nodes = allocate((<usize>nodes) << 3);
    return this.nodes == 0 ? noMemory() : null;
  }

  /** Bound of the bytes of all texts with their lengths. */
  private textBytes(): u32 {
    const vocabulary = this.tokenizer.vocabulary;
    let bytes: u32 = 1;
    for (let id = 0; id < vocabulary.size; ++id) bytes += vocabulary.length(id) + 1;
    return bytes;
  }

  /** Reads the texts; how many go into the trie. */
  private readTexts(list: usize, texts: usize): u32 {
    const tokenizer = this.tokenizer;
    const ends = tokenizer.special.endOfGeneration;
    let end = 0;
    let count: u32 = 0;
    let next = texts;
    for (let id = 0; id < tokenizer.size; ++id) {
      // Ids of both rise.
      if (end < ends.length && ends[end] == id) {
        ++end;
        continue;
      }
      const length = tokenizer.decode(id, false, next + 1);
      // Names of control tokens are only decoded if there is no text.
      if (length == 0 && tokenizer.decode(id, true, next + 1) == 0) continue;
      const bits = this.speaking + (((<usize>id) >> 6) << 3);
      store<u64>(bits, load<u64>(bits) | ((<u64>1) << (id & 63)));
      if (length == 0) continue;
      if (length > MAX_DEPTH) {
        store<u32>(this.long + (usize(this.longCount++) << 2), id);
        continue;
      }
      store<u8>(next, length);
      store<u32>(list, <u32>next);
      store<u32>(list, id, 4);
      list += 8;
      next += length + 1;
      ++count;
    }
    return count;
  }

  /** Makes the nodes of the sorted texts. */
  private link(list: usize, count: u32): void {
    let nodes: u32 = 0;
    let depth: u32 = 0;
    let before: usize = 0;
    for (let i: u32 = 0; i < count; ++i) {
      const text: usize = load<u32>(list + ((<usize>i) << 3));
      const token = <u64>load<u32>(list + ((<usize>i) << 3), 4) + 1;
      const length: u32 = load<u8>(text);
      const common = commonBytes(before, text);
      for (; depth > common; --depth) this.close(load<u32>(open + usize(depth - 1) * 4), nodes);
      for (; depth < length; ++depth) {
        store<u32>(open + <usize>depth * 4, nodes);
        const node = (<u64>load<u8>(text + 1 + depth)) | ((<u64>depth + 1) << DEPTH_SHIFT);
        store<u64>(this.nodes + (usize(nodes++) << 3), depth + 1 == length ? node | (token << TOKEN_SHIFT) : node);
      }
      before = text;
    }
    for (; depth > 0; --depth) this.close(load<u32>(open + usize(depth - 1) * 4), nodes);
    this.nodeCount = nodes;
  }

  /** Ends what is below a node. */
  private close(node: u32, next: u32): void {
    const at = this.nodes + ((<usize>node) << 3);
    store<u64>(at, load<u64>(at) | ((<u64>next) << SKIP_SHIFT));
  }

  dispose(): void {
    release(this.head);
    release(this.nodes);
    this.head = this.nodes = this.speaking = this.long = 0;
    this.nodeCount = this.longCount = 0;
  }
}

// @ts-ignore: decorator
@inline
export function byteOf(node: u64): u32 {
  return <u32>(node & 0xff);
}

// @ts-ignore: decorator
@inline
export function depthOf(node: u64): u32 {
  return <u32>((node >> DEPTH_SHIFT) & 0xff);
}

/** Id + 1 of the token that ends at a node, or 0. */
// @ts-ignore: decorator
@inline
export function tokenOf(node: u64): u32 {
  return <u32>((node >> TOKEN_SHIFT) & 0xffffff);
}

// @ts-ignore: decorator
@inline
export function skipOf(node: u64): u32 {
  return <u32>(node >> SKIP_SHIFT);
}

/** Nodes of the path that is being made, by depth: [ u32 ] * 255 */
const open: usize = memory.data(1024, 4);

function noMemory(): Problem {
  return new Problem('no memory is left to index the vocabulary for a grammar', Code.HEAP_FULL);
}

/** Bytes that the second of two sorted texts shares with the first (0: there is none); of equal texts all but one. */
function commonBytes(before: usize, text: usize): u32 {
  if (before == 0) return 0;
  const length: u32 = load<u8>(text);
  const most = min<u32>(load<u8>(before), length);
  let common: u32 = 0;
  while (common < most && load<u8>(before + 1 + common) == load<u8>(text + 1 + common)) ++common;
  return common == length ? common - 1 : common;
}
