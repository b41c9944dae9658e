import { Tokenizer } from '../tokenizer/tokenizer';
import { CONTROL } from '../tokenizer/vocabulary';

/** Characters of a literal that stand for the parts that differ from call to call. */
export const DIGITS: u8 = 1;
export const WORD: u8 = 2;
export const KEY: u8 = 3;

/** Not a control token; the middle of one. */
export const NO_TOKEN: i32 = -1;
const WITHIN: i32 = -2;

/**
 * A text that a format always writes alike: a mark, or the text between two parts of a call. Models are not exact about
 * its white space, so in reading it matches any amount; in writing it is written as it is here.
 *
 * Three characters are placeholders: DIGITS for a number, WORD for a word in letters, KEY for the name of the argument.
 */
@final
export class Literal {
  readonly bytes: StaticArray<u8>;
  /** By byte: the control token that begins there, WITHIN one, or NO_TOKEN. Unknown until `bind`. */
  private tokens: StaticArray<i32> = new StaticArray<i32>(0);

  constructor(readonly text: string) {
    const encoded = String.UTF8.encode(text);
    const bytes = new StaticArray<u8>(encoded.byteLength);
    memory.copy(changetype<usize>(bytes), changetype<usize>(encoded), encoded.byteLength);
    this.bytes = bytes;
  }

  get length(): i32 {
    return this.bytes.length;
  }

  get isEmpty(): bool {
    return this.bytes.length == 0;
  }

  /** Whether it is only white space. */
  get isBlank(): bool {
    return this.text.trim().length == 0;
  }

  /** Whether the byte at an index can only come from a control token. */
  isControl(index: i32): bool {
    return this.tokenAt(index) != NO_TOKEN;
  }

  /** The control token that begins at a byte, WITHIN inside of one, NO_TOKEN for text. */
  // @ts-ignore: decorator
  @inline
  tokenAt(index: i32): i32 {
    return index < this.tokens.length ? unchecked(this.tokens[index]) : NO_TOKEN;
  }

  /** The literal without surrounding white space. */
  get trimmed(): Literal {
    const start = this.text.trimStart();
    const made = new Literal(start.trimEnd());
    const from = this.length - String.UTF8.byteLength(start);
    const tokens = new StaticArray<i32>(made.length);
    for (let i = 0; i < tokens.length; ++i) tokens[i] = this.tokenAt(from + i);
    made.tokens = tokens;
    return made;
  }

  /** Finds out which of its bytes are control tokens of a vocabulary. */
  bind(tokenizer: Tokenizer): void {
    const bytes = this.bytes;
    const tokens = new StaticArray<i32>(bytes.length);
    tokens.fill(NO_TOKEN);
    const at = changetype<usize>(bytes);
    const isRead = bytes.length > 0 && tokenizer.encode(at, bytes.length, false, true) === null;
    const count = isRead ? tokenizer.count : 0;
    let from = 0;
    for (let i = 0; i < count; ++i) {
      const id = load<i32>(tokenizer.tokens + ((<usize>i) << 2));
      if (id < 0 || (tokenizer.vocabulary.attributesOf(id) & CONTROL) == 0) continue;
      const text = tokenizer.vocabulary.text(id);
      const length = <i32>tokenizer.vocabulary.length(id);
      while (from + length <= bytes.length && memory.compare(at + from, text, length) != 0) ++from;
      if (length == 0 || from + length > bytes.length) break;
      tokens[from] = id;
      for (let end = from++ + length; from < end; ++from) tokens[from] = WITHIN;
    }
    this.tokens = tokens;
  }
}

/** The text of a literal in the inspection's report. */
export function shownLiteral(literal: Literal): string {
  return literal.text.replaceAll('\x01', '{digits}').replaceAll('\x02', '{word}').replaceAll('\x03', '{key}');
}

export const NOTHING: Literal = new Literal('');
