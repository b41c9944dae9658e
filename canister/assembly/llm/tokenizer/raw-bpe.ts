import { Extent } from '../../memory/extent';
import { GgufFile } from '../gguf/file';
import { byteTokenText } from './byte-token';
import { CharacterRun } from './character-run';
import { ESCAPED_SPACE, unescapeSpaces } from './escaped-space';
import { TokenList, TokenizerFamily } from './family';
import { MergeQueue, mergeBytes } from './merge-queue';
import { Merges } from './merges';
import { lowerOf } from './normalization';
import { PreTokenizer } from './pretokenize';
import { encode } from '../../utf8';
import { Vocabulary } from './vocabulary';

const SPACE: u32 = 0x20;
const NEWLINE: u32 = 0x0a;
/** Bytes of UTF-8 that a byte of text can become: U+FFFD and "▁" take three. */
const WORST_BYTES: u32 = 3;

/**
 * BPE over unencoded characters, with spaces as "▁" (Gemma 4, Sarvam), as llama.cpp runs it: each character of a word
 * is a symbol, neighbours merge in the order of the vocabulary's merges, and a symbol without a token falls back to the
 * tokens "<0x00>" to "<0xFF>" of its bytes.
 */
export class RawBpeTokenizer extends TokenizerFamily {
  private readonly merges: Merges = new Merges();
  private readonly queue: MergeQueue = new MergeQueue();
  private readonly characters: CharacterRun = new CharacterRun();
  private readonly characterSpace: Extent = new Extent();
  /** Of one word: its UTF-8, symbols and queue. */
  private readonly wordSpace: Extent = new Extent();
  /** Token of each byte, or -1. */
  private readonly byteTokens: StaticArray<i32> = new StaticArray<i32>(256);

  constructor(
    private readonly vocabulary: Vocabulary,
    private readonly preTokenizer: PreTokenizer,
    /** Letters are made small. */
    private readonly lowercase: bool,
    file: GgufFile,
  ) {
    super();
    this.problem = this.merges.read(file, vocabulary, true, false);
    for (let byte = 0; byte < 256; ++byte) this.byteTokens[byte] = vocabulary.findText(byteTokenText(byte));
  }

  capacity(bytes: u32, fragments: u32): usize {
    return <usize>bytes * WORST_BYTES;
  }

  encode(text: usize, bytes: u32, spacePrefix: bool, out: TokenList): bool {
    if (!this.characterSpace.reserve(CharacterRun.room(bytes))) return false;
    const characters = this.characters;
    characters.read(text, bytes, this.characterSpace.ptr);
    this.preTokenizer.split(characters);
    for (let start: u32 = 0; start < characters.count;) {
      const end = characters.end(start);
      const skipped = this.preTokenizer.skipsSpace && characters.isSpace(start);
      if (!skipped && !this.encodeWord(start, end, out)) return false;
      start = end;
    }
    return true;
  }

  private encodeWord(start: u32, end: u32, out: TokenList): bool {
    const count = end - start;
    if (!this.wordSpace.reserve(<usize>count * 4 + mergeBytes(count))) return false;
    const word = this.wordSpace.ptr;
    const queue = this.queue;
    queue.begin(word + <usize>count * 4, count);
    let bytes: u32 = 0;
    for (let i = start; i < end; ++i) {
      const length = encode(this.spelled(this.characters.point(i)), word + bytes);
      queue.add(this.merges.symbolOf(word + bytes, length), length);
      bytes += length;
    }
    const whole =
      this.preTokenizer.wholeNewlines && this.characters.point(start) == NEWLINE
        ? this.vocabulary.find(word, bytes)
        : -1;
    if (whole >= 0) {
      out.push(whole);
      return true;
    }
    queue.merge(this.merges);
    let at = word;
    for (let i = 0; i >= 0; i = queue.following(i)) {
      const symbol = queue.value(i);
      const length = queue.bytes(i);
      if (symbol < <u32>this.vocabulary.size) out.push(symbol);
      else this.appendBytes(at, length, out);
      at += length;
    }
    return true;
  }

  private spelled(point: u32): u32 {
    if (point == SPACE) return ESCAPED_SPACE;
    return this.lowercase ? lowerOf(point) : point;
  }

  /** A symbol that is no token: the tokens of its bytes, as far as there are any. */
  private appendBytes(ptr: usize, bytes: u32, out: TokenList): void {
    for (let i: usize = 0; i < bytes; ++i) {
      const id = unchecked(this.byteTokens[load<u8>(ptr + i)]);
      if (id >= 0) out.push(id);
    }
  }

  decode(id: i32, dst: usize): u32 {
    return unescapeSpaces(this.vocabulary.text(id), this.vocabulary.length(id), dst);
  }

  trim(): void {
    this.characterSpace.trim();
    this.wordSpace.trim();
  }

  dispose(): void {
    this.merges.dispose();
    this.characterSpace.release();
    this.wordSpace.release();
  }
}
