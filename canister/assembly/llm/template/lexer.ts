import { Problem } from '../../problem';
import { Name, Names } from './names';
import { skipSpace, skipSpaceBack } from './spaces';
import { AT_LEAST, AT_MOST, EQUAL, FLOOR, POWER, Token, Tokens, UNEQUAL } from './tokens';

const SYMBOLS: string = '(){}[],.:|<>+-~*/%=';

/**
 * Cuts a template into tokens and removes white space as in transformers' setup of Jinja: `trim_blocks` (removes the
 * line's end after a statement or comment), `lstrip_blocks` (removes blanks before one, if they begin the line), one
 * line's end at the end of the template, and with "-" beside a tag all white space on its side. "+" beside a statement
 * keeps it.
 *
 * `generation` and `endgeneration`, which mark answers for training in transformers, are left out here.
 */
@final
export class Lexer {
  line: u32 = 1;
  private problem: Problem | null = null;
  private at: usize;
  private readonly end: usize;
  /** Open braces of dictionaries: inside, "}}" closes two of them. */
  private braces: i32 = 0;
  /** Tokens that are before a comment: a tag behind it takes no white space of theirs. */
  private stripped: u32 = 0;

  constructor(
    private readonly tokens: Tokens,
    private readonly names: Names,
    private readonly source: usize,
    length: u32,
  ) {
    this.at = source;
    const endsLine = length > 0 && load<u8>(source + length - 1) == 0x0a;
    this.end = source + length - usize(endsLine);
  }

  /** Makes the tokens. Null, or the problem in line `line`. */
  run(): Problem | null {
    while (this.at < this.end && this.problem === null) {
      this.text();
      if (this.at >= this.end) break;
      if (this.peek(1) == 0x23) this.comment();
      else this.tag(this.peek(1) == 0x25);
    }
    this.add(Token.End, this.end, 0, 0);
    return this.problem;
  }

  private fail(reason: string): void {
    if (this.problem === null) this.problem = new Problem(reason);
    this.at = this.end;
  }

  private add(kind: Token, bytes: usize, length: u32, number: u32): void {
    if (!this.tokens.add(kind, this.line, bytes, length, number)) this.fail('it is too long');
  }

  private peek(offset: usize): u32 {
    return offset < this.end - this.at ? load<u8>(this.at + offset) : 0;
  }

  /** Goes to `to`, and counts the lines. */
  private goTo(to: usize): void {
    for (; this.at < to; ++this.at) if (load<u8>(this.at) == 0x0a) ++this.line;
  }

  /** The text up to the next tag. */
  private text(): void {
    const from = this.at;
    let to = from;
    for (; to < this.end; ++to) {
      if (load<u8>(to) != 0x7b || to + 1 >= this.end) continue;
      const next: u32 = load<u8>(to + 1);
      if (next == 0x7b || next == 0x25 || next == 0x23) break;
    }
    let kept = to;
    if (to < this.end && load<u8>(to + 1) != 0x7b && load<u8>(to + 2) != 0x2b) kept = this.withoutIndent(from, to);
    if (kept > from) this.add(Token.Text, from, <u32>(kept - from), 0);
    this.goTo(to);
  }

  /** End of the text without the blanks before the tag at `to`, if they begin the line. */
  private withoutIndent(from: usize, to: usize): usize {
    let at = to;
    while (at > from && (load<u8>(at - 1) == 0x20 || load<u8>(at - 1) == 0x09)) --at;
    const startsLine = at == this.source || load<u8>(at - 1) == 0x0a || load<u8>(at - 1) == 0x0d;
    return startsLine ? at : to;
  }

  /** Takes the white space away that the text before a tag ends with. */
  private stripBefore(): void {
    const tokens = this.tokens;
    while (tokens.count > this.stripped && tokens.kind(tokens.count - 1) == Token.Text) {
      const last = tokens.count - 1;
      const start = tokens.bytes(last);
      const kept = <u32>(skipSpaceBack(start, start + tokens.length(last)) - start);
      if (kept > 0) {
        tokens.setLength(last, kept);
        return;
      }
      tokens.removeLast();
    }
  }

  /** Behind a tag: the line's end if `trims`, or all white space. */
  private behind(strips: bool, trims: bool): void {
    if (strips) this.goTo(skipSpace(this.at, this.end));
    else if (trims && this.peek(0) == 0x0a) this.goTo(this.at + 1);
  }

  private comment(): void {
    if (this.peek(2) == 0x2d) this.stripBefore();
    let to = this.at + 2;
    while (to + 1 < this.end && (load<u8>(to) != 0x23 || load<u8>(to + 1) != 0x7d)) ++to;
    if (to + 1 >= this.end) return this.fail('a comment is not ended');
    const strips = to > this.at + 2 && load<u8>(to - 1) == 0x2d;
    this.goTo(to + 2);
    this.stripped = this.tokens.count;
    this.behind(strips, true);
  }

  private tag(isStatement: bool): void {
    const first = this.tokens.count;
    const sign = this.peek(2);
    if (sign == 0x2d) this.stripBefore();
    const begun = min(first, this.tokens.count);
    this.add(isStatement ? Token.OpenStatement : Token.OpenExpression, this.at, 2, 0);
    this.at += sign == 0x2d || (isStatement && sign == 0x2b) ? 3 : 2;
    this.braces = 0;
    for (;;) {
      this.goTo(skipSpace(this.at, this.end));
      if (this.problem !== null) return;
      if (this.at >= this.end) return this.fail('a tag is not closed');
      const mark = this.peek(0);
      const isSigned = (mark == 0x2d || (mark == 0x2b && isStatement)) && this.peek(2) == 0x7d;
      const offset: usize = isSigned ? 1 : 0;
      if (this.closes(offset, isStatement)) {
        const closed = isStatement ? Token.CloseStatement : Token.CloseExpression;
        this.add(closed, this.at, 2, 0);
        this.at += 2 + offset;
        if (isStatement) this.dropGeneration(begun);
        this.behind(isSigned && mark == 0x2d, isStatement && !isSigned);
        return;
      }
      this.token();
    }
  }

  private closes(offset: usize, isStatement: bool): bool {
    if (this.peek(offset + 1) != 0x7d) return false;
    if (isStatement) return this.peek(offset) == 0x25;
    return this.peek(offset) == 0x7d && this.braces <= 0;
  }

  /** Drops the last tag if it only marks the generated part. */
  private dropGeneration(begun: u32): void {
    const tokens = this.tokens;
    if (tokens.count != begun + 3 || tokens.kind(begun + 1) != Token.Word) return;
    const word = tokens.number(begun + 1);
    if (word != Name.Generation && word != Name.Endgeneration) return;
    for (let i = 0; i < 3; ++i) tokens.removeLast();
  }

  private token(): void {
    const byte = this.peek(0);
    if (isWordByte(byte)) {
      if (byte - 0x30 < 10) this.number();
      else this.word();
    } else if (byte == 0x27 || byte == 0x22) {
      this.string(byte);
    } else {
      this.symbol(byte);
    }
  }

  private word(): void {
    let to = this.at;
    while (to < this.end && isWordByte(load<u8>(to))) ++to;
    const length = <u32>(to - this.at);
    const number = this.names.numberOf(this.at, length);
    if (number < 0) return this.fail('it has too many names');
    this.add(Token.Word, this.at, length, number);
    this.at = to;
  }

  /** Digits, and a fraction unless the number is a place behind a dot, as in `pair.0.1`. */
  private number(): void {
    let to = this.digits(this.at);
    const tokens = this.tokens;
    const last = tokens.count - 1;
    const isPlace = tokens.kind(last) == Token.Symbol && tokens.number(last) == 0x2e;
    if (!isPlace && to + 1 < this.end && load<u8>(to) == 0x2e && load<u8>(to + 1) - 0x30 < 10) {
      to = this.digits(to + 1);
    }
    this.add(Token.Number, this.at, <u32>(to - this.at), 0);
    this.at = to;
  }

  private digits(from: usize): usize {
    let to = from;
    while (to < this.end && load<u8>(to) - 0x30 < 10) ++to;
    return to;
  }

  private string(quote: u32): void {
    let to = this.at + 1;
    while (to < this.end && load<u8>(to) != quote) to += load<u8>(to) == 0x5c ? 2 : 1;
    if (to >= this.end) return this.fail('a string is not ended');
    this.add(Token.String, this.at + 1, <u32>(to - this.at - 1), 0);
    this.goTo(to + 1);
  }

  private symbol(byte: u32): void {
    const next = this.peek(1);
    let symbol = byte;
    if (next == 0x3d) {
      if (byte == 0x3d) symbol = EQUAL;
      else if (byte == 0x21) symbol = UNEQUAL;
      else if (byte == 0x3c) symbol = AT_MOST;
      else if (byte == 0x3e) symbol = AT_LEAST;
    } else if (next == byte && byte == 0x2a) {
      symbol = POWER;
    } else if (next == byte && byte == 0x2f) {
      symbol = FLOOR;
    }
    if (symbol == byte && !isSymbol(byte)) {
      return this.fail('a tag has a character that means nothing there');
    }
    if (byte == 0x7b) ++this.braces;
    else if (byte == 0x7d) --this.braces;
    const length: u32 = symbol > 0xff ? 2 : 1;
    this.add(Token.Symbol, this.at, length, symbol);
    this.at += length;
  }
}

function isWordByte(byte: u32): bool {
  return byte - 0x30 < 10 || (byte | 0x20) - 0x61 < 26 || byte == 0x5f;
}

function isSymbol(byte: u32): bool {
  for (let i = 0; i < SYMBOLS.length; ++i) if (<u32>SYMBOLS.charCodeAt(i) == byte) return true;
  return false;
}
