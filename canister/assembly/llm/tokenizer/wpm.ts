import { Problem } from '../../problem';
import { Extent } from '../../memory/extent';
import { characterClass } from './characters';
import { TokenList, TokenizerFamily } from './family';
import { baseOf, isControl, lowerOf } from './normalization';
import { MARK, PUNCTUATION, SYMBOL, WHITESPACE } from './unicode.generated';
import { DECODED_CODE_POINT, DECODED_LENGTH_SHIFT, REPLACEMENT, decode, encode } from '../../utf8';
import { Vocabulary } from './vocabulary';

/** "▁" (U+2581), which begins a word, as its three bytes. */
const SPACE_LENGTH: u32 = 3;
/** Bytes of one character after normalising: at most one more than before. */
const GROWTH: u32 = 2;
/** Bytes of the longest token: each place of a word is looked up with every length up to it. */
const MAX_TOKEN_BYTES: u32 = 256;

/** Whether BERT's tokenizer takes a character for a word of its own because it is an ideograph. */
function isIdeograph(point: u32): bool {
  return (
    (point >= 0x4e00 && point <= 0x9fff) ||
    (point >= 0x3400 && point <= 0x4dbf) ||
    (point >= 0x20000 && point <= 0x2a6df) ||
    (point >= 0x2a700 && point <= 0x2b81f) ||
    (point >= 0x2b920 && point <= 0x2ceaf) ||
    (point >= 0xf900 && point <= 0xfaff) ||
    (point >= 0x2f800 && point <= 0x2fa1f)
  );
}

/**
 * WordPiece (BERT) as llama.cpp runs it (`llm_tokenizer_wpm_session`): the text loses accents and capitals if the file
 * says so, and is cut at white space and around punctuation; a word becomes the longest tokens from its left, the first
 * of them beginning with "▁". A word that cannot be made of tokens is the unknown token.
 */
export class WpmTokenizer extends TokenizerFamily {
  /** The word that is being read, "▁" first. */
  private readonly space: Extent = new Extent();
  private length: u32 = 0;

  constructor(
    private readonly vocabulary: Vocabulary,
    private readonly unknown: i32,
    private readonly lowercase: bool,
    private readonly stripAccents: bool,
  ) {
    super();
    if (vocabulary.longest > MAX_TOKEN_BYTES) {
      const bytes = vocabulary.longest;
      this.problem = new Problem(
        `a token of the vocabulary has ${bytes} bytes; at most ${MAX_TOKEN_BYTES} are accepted`,
      );
    }
  }

  capacity(bytes: u32, fragments: u32): usize {
    // A word of one byte may be that many tokens: of its own byte, and of each of "▁".
    return <usize>bytes * (GROWTH + SPACE_LENGTH);
  }

  encode(text: usize, bytes: u32, spacePrefix: bool, out: TokenList): bool {
    if (!this.space.reserve(<usize>bytes * GROWTH + SPACE_LENGTH + 4)) return false;
    this.begin();
    const end = text + bytes;
    for (let ptr = text; ptr < end;) {
      const decoded = decode(ptr, end);
      ptr += decoded >> DECODED_LENGTH_SHIFT;
      const read = decoded & DECODED_CODE_POINT;
      const point = this.stripAccents ? baseOf(read) : read;
      const kind = characterClass(point);
      if ((kind & WHITESPACE) != 0) {
        this.end(out);
        continue;
      }
      if (point == 0 || point == REPLACEMENT || isControl(point)) continue;
      if (this.stripAccents && (kind & MARK) != 0) continue;
      const isAlone = (kind & PUNCTUATION) != 0 || (point < 0x7f && (kind & SYMBOL) != 0) || isIdeograph(point);
      if (isAlone) this.end(out);
      this.length += encode(this.lowercase ? lowerOf(point) : point, this.space.ptr + this.length);
      if (isAlone) this.end(out);
    }
    this.end(out);
    return true;
  }

  private begin(): void {
    store<u16>(this.space.ptr, 0x96e2);
    store<u8>(this.space.ptr, 0x81, 2);
    this.length = SPACE_LENGTH;
  }

  /** Ends the word, if one has begun, and appends its tokens. */
  private end(out: TokenList): void {
    if (this.length == SPACE_LENGTH) return;
    const before = out.count;
    const word = this.space.ptr;
    for (let at: u32 = 0; at < this.length;) {
      const most = min(this.length - at, this.vocabulary.longest);
      let bytes = most;
      let id = -1;
      for (; bytes > 0; --bytes) {
        id = this.vocabulary.find(word + at, bytes);
        if (id >= 0) break;
      }
      if (id < 0) {
        out.count = before;
        break;
      }
      out.push(id);
      at += bytes;
    }
    if (out.count == before && this.unknown >= 0) out.push(this.unknown);
    this.begin();
  }

  /** "▁" is a space; the rest stands as it is. */
  decode(id: i32, dst: usize): u32 {
    const text = this.vocabulary.text(id);
    const length = this.vocabulary.length(id);
    let written: u32 = 0;
    for (let i: u32 = 0; i < length;) {
      if (length - i >= SPACE_LENGTH && load<u16>(text + i) == 0x96e2 && load<u8>(text + i, 2) == 0x81) {
        store<u8>(dst + written++, 0x20);
        i += SPACE_LENGTH;
      } else {
        store<u8>(dst + written++, load<u8>(text + i++));
      }
    }
    return written;
  }

  trim(): void {
    this.space.trim();
  }

  dispose(): void {
    this.space.release();
  }
}
