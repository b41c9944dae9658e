import { Extent } from '../../memory/extent';
import { Tokenizer } from '../tokenizer/tokenizer';
import { SequenceBreakers } from './sequence-breakers';

/** Bytes of a breaker that are used, and the most tokens after its first, as in llama.cpp. */
const MOST_BYTES: u32 = 40;
const MOST_TOKENS: u32 = 20;

/** What is known about a token. */
const UNKNOWN: u8 = 0;
const NOTHING: u8 = 1;
/** Its text contains a breaker, or ends with the beginning of one. */
const WHOLE: u8 = 2;
const BEGINNING: u8 = 3;

/** The rest of a breaker: [ count: u32 | token: i32 * MOST_TOKENS ] */
const REST: usize = 4 + 4 * MOST_TOKENS;

/**
 * Sequence breakers given as texts. A token breaks a sequence if its text contains one of them; a token that ends with
 * the beginning of a breaker does so if the rest follows, tokenized by itself.
 *
 *     known   u8 * vocabulary       what was found out about each token
 *     texts   [ size: u32 | bytes: u8 * MOST_BYTES ] * breakers
 *     rests   [ REST ] * MOST_BYTES * breakers     the rest after the first i bytes, for i from 1
 */
@final
export class TextBreakers extends SequenceBreakers {
  private readonly space: Extent = new Extent();
  private texts: usize = 0;
  private rests: usize = 0;
  private piece: usize = 0;
  private count: u32 = 0;

  constructor(private readonly tokenizer: Tokenizer) {
    super();
  }

  /** Makes room for `most` breakers. False if memory is short. */
  begin(most: u32): bool {
    const known = (<usize>this.tokenizer.size + 7) & ~7;
    const texts = <usize>most * (4 + MOST_BYTES);
    const rests = <usize>most * MOST_BYTES * REST;
    if (!this.space.reserve(known + texts + rests + max<usize>(1, this.tokenizer.longestPiece))) return false;
    memory.fill(this.space.ptr, UNKNOWN, known);
    this.texts = this.space.ptr + known;
    this.rests = this.texts + texts;
    this.piece = this.rests + rests;
    return true;
  }

  /** Adds a breaker of `size` (> 0) bytes; `begin` has made room for it. False if memory is short. */
  add(text: usize, size: u32): bool {
    const bytes = min(size, MOST_BYTES);
    const index = this.count++;
    const at = this.textOf(index);
    store<u32>(at, bytes);
    memory.copy(at + 4, text, bytes);
    for (let from: u32 = 1; from < bytes; ++from) {
      if (this.tokenizer.encode(at + 4 + from, bytes - from, false, false) !== null) return false;
      const rest = this.restOf(index, from);
      const kept = min<u32>(this.tokenizer.count, MOST_TOKENS);
      store<u32>(rest, kept);
      memory.copy(rest + 4, this.tokenizer.tokens, (<usize>kept) << 2);
    }
    return true;
  }

  tokensBehind(tokens: usize, count: u32): u32 {
    const last = tokens + ((<usize>(count - 1)) << 2);
    for (let i: u32 = 0; i < count; ++i) {
      const at = last - ((<usize>i) << 2);
      const what = this.know(load<i32>(at));
      if (what == NOTHING) continue;
      const following = this.following(load<i32>(at), what, at + 4, i);
      if (following >= 0) return i - following;
    }
    return count;
  }

  has(id: i32): bool {
    return this.know(id) == WHOLE;
  }

  cost(count: u64): u64 {
    // In the worst case each byte of a token nearly begins each of the breakers, twice.
    let byte: u64 = 0;
    for (let i: u32 = 0; i < this.count; ++i) byte += 40 + 12 * <u64>load<u32>(this.textOf(i));
    return count * (400 + <u64>this.tokenizer.longestPiece * byte);
  }

  dispose(): void {
    this.space.release();
  }

  private textOf(index: u32): usize {
    return this.texts + <usize>index * (4 + MOST_BYTES);
  }

  private restOf(index: u32, from: u32): usize {
    return this.rests + (<usize>index * MOST_BYTES + from) * REST;
  }

  /** Tokens of the longest rest that follows a token (i32 at `next`, `count` of them); -1 if it breaks nothing. */
  private following(id: i32, what: u8, next: usize, count: u32): i32 {
    let longest = what == WHOLE ? 0 : -1;
    const size = this.decode(id);
    for (let i: u32 = 0; i < this.count; ++i) {
      if (this.contains(i, size)) continue;
      for (let at: u32 = 0; at < size; ++at) {
        if (!this.beginsAt(i, at, size)) continue;
        const rest = this.restOf(i, size - at);
        const tokens = load<u32>(rest);
        if (<i32>tokens <= longest || tokens > count) continue;
        if (memory.compare(rest + 4, next, (<usize>tokens) << 2) == 0) longest = <i32>tokens;
      }
    }
    return longest;
  }

  private know(id: i32): u8 {
    if (id < 0 || id >= this.tokenizer.size) return NOTHING;
    const at = this.space.ptr + <usize>id;
    const known = load<u8>(at);
    if (known != UNKNOWN) return known;
    const what = this.look(this.decode(id));
    store<u8>(at, what);
    return what;
  }

  /** Writes a token's text without the space that begins every text, as llama.cpp decodes a single token. */
  private decode(id: i32): u32 {
    const size = this.tokenizer.decode(id, true, this.piece);
    if (size == 0 || !this.tokenizer.addsSpacePrefix || load<u8>(this.piece) != 0x20) return size;
    memory.copy(this.piece, this.piece + 1, size - 1);
    return size - 1;
  }

  private look(size: u32): u8 {
    let what = NOTHING;
    for (let i: u32 = 0; i < this.count; ++i) {
      if (this.contains(i, size)) return WHOLE;
      for (let at: u32 = 0; at < size && what == NOTHING; ++at) if (this.beginsAt(i, at, size)) what = BEGINNING;
    }
    return what;
  }

  /** Whether the text of `size` bytes contains a breaker. */
  private contains(index: u32, size: u32): bool {
    const text = this.textOf(index);
    const bytes = load<u32>(text);
    const first = load<u8>(text, 4);
    for (let at: u32 = 0; at + bytes <= size; ++at) {
      if (load<u8>(this.piece + at) == first && memory.compare(this.piece + at, text + 4, bytes) == 0) return true;
    }
    return false;
  }

  /** Whether the text of `size` bytes, from `at` on, is the beginning of a breaker but not all of it. */
  private beginsAt(index: u32, at: u32, size: u32): bool {
    const text = this.textOf(index);
    const bytes = size - at;
    return bytes < load<u32>(text) && memory.compare(this.piece + at, text + 4, bytes) == 0;
  }
}
