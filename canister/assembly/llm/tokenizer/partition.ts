import { Extent } from '../../memory/extent';
import { SourceRuns } from './source-runs';
import { SpecialTrie } from './special-trie';
import { CONTROL, LEFT_STRIP, RIGHT_STRIP, UNKNOWN, Vocabulary } from './vocabulary';

/**
 * A place where special tokens begin: offset in the text, bytes and id of the longest still possible, whether taken.
 */
const MATCH: usize = 16;
const POSITION: usize = 0;
const LENGTH: usize = 4;
const TOKEN: usize = 8;
const TAKEN: usize = 12;

/** White space of C's `isspace`. */
function isSpace(byte: u32): bool {
  return byte == 0x20 || (byte >= 0x09 && byte <= 0x0d);
}

/**
 * Cuts a text into special tokens and the text between them.
 *
 * llama.cpp takes the special tokens one after the other, the longest first, and replaces every occurrence in the
 * remaining text (`tokenizer_st_partition`). The same result for thousands of special tokens: find at each position the
 * longest token that begins there, take the matches by falling length and rising position if their bytes are still
 * free, and let a match that is not free fall back to the next shorter token at its position.
 *
 * Without `parseSpecial` only user-defined tokens are found. In a text from two sources, control tokens are found only
 * in the parts that are not data (`SourceRuns`). Each step of `next` gives either a token or a run of text.
 */
export class Partition {
  /** The token of this step, or -1 if it is a run of text. */
  token: i32 = -1;
  /** The run of text of this step. */
  start: usize = 0;
  length: u32 = 0;

  private text: usize = 0;
  private bytes: u32 = 0;
  private parseSpecial: bool = false;
  private readonly sources: SourceRuns = new SourceRuns();
  private matches: usize = 0;
  private count: u32 = 0;
  private found: i32 = -1;
  /** [ u8 ] * bytes: whether the byte is taken. */
  private used: usize = 0;
  private readonly workspace: Extent = new Extent();
  /** Number of matches by current length. */
  private perLength: StaticArray<u32> = new StaticArray<u32>(0);

  /** The position of `next`: the next match, and the first byte that was not given out. */
  private at: u32 = 0;
  private from: u32 = 0;

  constructor(
    private readonly trie: SpecialTrie,
    private readonly vocabulary: Vocabulary,
  ) {}

  /** Begins with a text that comes from two sources. False if memory is short. */
  beginMixed(text: usize, bytes: u32, runs: usize, count: u32): bool {
    this.sources.set(runs, count);
    const isBegun = this.begin(text, bytes, true);
    // The matches are all found by now.
    this.sources.set(0, 0);
    return isBegun;
  }

  /** Begins with the `bytes` bytes at `text`. False if memory is short. */
  begin(text: usize, bytes: u32, parseSpecial: bool): bool {
    this.text = text;
    this.bytes = bytes;
    this.parseSpecial = parseSpecial;
    this.at = this.from = this.count = 0;
    if (this.trie.longest == 0) return true;
    const count = this.find(false);
    if (count == 0) return true;
    if (!this.workspace.reserve(<usize>count * MATCH + bytes)) return false;
    this.matches = this.workspace.ptr;
    this.used = this.matches + <usize>count * MATCH;
    memory.fill(this.used, 0, bytes);
    this.perLength = new StaticArray<u32>(this.trie.longest + 1);
    this.count = this.find(true);
    for (let length = this.trie.longest; length > 0; --length) {
      if (this.perLength[length] > 0) this.take(length);
    }
    return true;
  }

  /** The next step; false at the end. */
  next(): bool {
    while (this.at < this.count && load<u32>(this.match(this.at), TAKEN) == 0) ++this.at;
    const end = this.at < this.count ? load<u32>(this.match(this.at), POSITION) : this.bytes;
    if (this.from < end) {
      this.token = -1;
      let from = this.from;
      let to = end;
      this.from = end;
      if (this.count > 0) {
        while (from < to && load<u8>(this.used + from)) ++from;
        while (from < to && load<u8>(this.used + to - 1)) --to;
      }
      if (from < to) {
        this.start = this.text + from;
        this.length = to - from;
        return true;
      }
    }
    if (this.at >= this.count) return false;
    const match = this.match(this.at++);
    this.token = load<i32>(match, TOKEN);
    this.from = end + load<u32>(match, LENGTH);
    return true;
  }

  /** Gives memory back after an unusually large text. */
  trim(): void {
    this.workspace.trim();
  }

  dispose(): void {
    this.workspace.release();
  }

  private match(index: u32): usize {
    return this.matches + <usize>index * MATCH;
  }

  /** Positions where a token begins; their longest tokens are stored if `keep`. Returns the number of positions. */
  private find(keep: bool): u32 {
    let count: u32 = 0;
    for (let position: u32 = 0; position < this.bytes; ++position) {
      if (this.trie.step(0, load<u8>(this.text + position)) == 0) continue;
      const length = this.longest(position, u32.MAX_VALUE);
      if (length == 0) continue;
      if (keep) {
        const match = this.match(count);
        store<u32>(match, position, POSITION);
        store<u32>(match, length, LENGTH);
        store<i32>(match, this.found, TOKEN);
        store<u32>(match, 0, TAKEN);
        ++this.perLength[length];
      }
      ++count;
    }
    return count;
  }

  /** Bytes of the longest token below `below` bytes that begins at `position`, left in `found`; 0 if none. */
  private longest(position: u32, below: u32): u32 {
    const end = <u32>min<u64>(this.bytes, <u64>position + below - 1);
    let best: u32 = 0;
    let node: u32 = 0;
    for (let i = position; i < end; ++i) {
      node = this.trie.step(node, load<u8>(this.text + i));
      if (node == 0) break;
      const token = this.trie.token(node);
      if (token >= 0 && this.allowed(token, position, i + 1)) {
        best = i + 1 - position;
        this.found = token;
      }
    }
    return best;
  }

  /** Whether a token may be taken for the bytes from `from` to `to`. */
  private allowed(token: i32, from: u32, to: u32): bool {
    if ((this.vocabulary.attributesOf(token) & (CONTROL | UNKNOWN)) == 0) return true;
    return this.parseSpecial && !this.sources.hasData(from, to);
  }

  /** Takes the matches of one length that are free; the others get the next shorter token. */
  private take(length: u32): void {
    for (let i: u32 = 0; i < this.count; ++i) {
      const match = this.match(i);
      if (load<u32>(match, LENGTH) != length || load<u32>(match, TAKEN)) continue;
      const position = load<u32>(match, POSITION);
      const free = this.free(position, length);
      if (free == length) {
        store<u32>(match, 1, TAKEN);
        memory.fill(this.used + position, 1, length);
        this.strip(position, length, this.vocabulary.attributesOf(load<i32>(match, TOKEN)));
        continue;
      }
      const shorter = this.longest(position, free + 1);
      store<u32>(match, shorter, LENGTH);
      store<i32>(match, this.found, TOKEN);
      ++this.perLength[shorter];
    }
  }

  /** Free bytes from `position` on, at most `length`. */
  private free(position: u32, length: u32): u32 {
    let count: u32 = 0;
    while (count < length && !load<u8>(this.used + position + count)) ++count;
    return count;
  }

  /** Uses up the free white space beside a token that asks for it. */
  private strip(position: u32, length: u32, attributes: u32): void {
    if ((attributes & LEFT_STRIP) != 0) {
      for (let i = position; i > 0 && this.isStrippable(i - 1); --i) store<u8>(this.used + i - 1, 1);
    }
    if ((attributes & RIGHT_STRIP) != 0) {
      for (let i = position + length; i < this.bytes && this.isStrippable(i); ++i) store<u8>(this.used + i, 1);
    }
  }

  private isStrippable(position: u32): bool {
    return load<u8>(this.used + position) == 0 && isSpace(load<u8>(this.text + position));
  }
}
