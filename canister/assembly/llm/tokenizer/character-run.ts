import { characterClass } from './characters';
import { LETTER, MARK, NUMBER, PUNCTUATION, SYMBOL, WHITESPACE } from './unicode.generated';
import { DECODED_CODE_POINT, DECODED_LENGTH_SHIFT, decode } from '../../utf8';

/**
 * A text as its characters, cut into pieces:
 *
 *     characters [ code point: 21 bits | class (unicode.generated.ts): 6 bits | zero: 4 bits | piece begins here: 1 bit ]
 *
 * Splitters only ever add beginnings, so a pre-tokenizer of several passes needs no lists in between.
 */
export class CharacterRun {
  private characters: usize = 0;
  /** Characters. */
  count: u32 = 0;

  /** Bytes of memory that `read` needs for a text of `bytes` bytes. */
  static room(bytes: u32): usize {
    return <usize>bytes * 4;
  }

  /** Reads `bytes` bytes of text into memory of `room(bytes)` bytes, as one piece. */
  read(text: usize, bytes: u32, memory: usize): void {
    this.characters = memory;
    const end = text + bytes;
    let at = memory;
    for (let ptr = text; ptr < end; at += 4) {
      const decoded = decode(ptr, end);
      ptr += decoded >> DECODED_LENGTH_SHIFT;
      const point = decoded & DECODED_CODE_POINT;
      store<u32>(at, point | (characterClass(point) << CLASS_SHIFT));
    }
    this.count = <u32>((at - memory) >> 2);
    this.begin(0);
  }

  /** Makes a piece begin at `index`; at or beyond the end of the text nothing does. */
  // @ts-ignore: decorator
  @inline
  begin(index: u32): void {
    if (index < this.count) store<u32>(this.at(index), load<u32>(this.at(index)) | BEGINS);
  }

  /** End of the piece that begins at `index`. */
  end(index: u32): u32 {
    do ++index;
    while (index < this.count && (load<u32>(this.at(index)) & BEGINS) == 0);
    return index;
  }

  /** Code point at `index` < count. */
  // @ts-ignore: decorator
  @inline
  point(index: u32): u32 {
    return load<u32>(this.at(index)) & POINT;
  }

  /** Class bits at `index` < count. */
  // @ts-ignore: decorator
  @inline
  classOf(index: u32): u32 {
    return (load<u32>(this.at(index)) >> CLASS_SHIFT) & CLASS;
  }

  // @ts-ignore: decorator
  @inline
  isLetter(index: u32): bool {
    return (this.classOf(index) & LETTER) != 0;
  }

  // @ts-ignore: decorator
  @inline
  isNumber(index: u32): bool {
    return (this.classOf(index) & NUMBER) != 0;
  }

  // @ts-ignore: decorator
  @inline
  isSpace(index: u32): bool {
    return (this.classOf(index) & WHITESPACE) != 0;
  }

  /** A letter or a mark. */
  // @ts-ignore: decorator
  @inline
  isLetterOrMark(index: u32): bool {
    return (this.classOf(index) & (LETTER | MARK)) != 0;
  }

  /** Punctuation or a symbol. */
  // @ts-ignore: decorator
  @inline
  isPunctuationOrSymbol(index: u32): bool {
    return (this.classOf(index) & (PUNCTUATION | SYMBOL)) != 0;
  }

  /** Neither white space nor letter nor number. */
  // @ts-ignore: decorator
  @inline
  isOther(index: u32): bool {
    return (this.classOf(index) & (LETTER | NUMBER | WHITESPACE)) == 0;
  }

  // @ts-ignore: decorator
  @inline
  isNewline(index: u32): bool {
    const point = this.point(index);
    return point == 0x0a || point == 0x0d;
  }

  // @ts-ignore: decorator
  @inline
  private at(index: u32): usize {
    return this.characters + ((<usize>index) << 2);
  }
}

const POINT: u32 = 0x1fffff;
const CLASS_SHIFT: u32 = 21;
const CLASS: u32 = 63;
const BEGINS: u32 = 0x80000000;
