import { DECODED_CODE_POINT, DECODED_LENGTH_SHIFT, decode } from '../tokenizer/utf8';
import { Tokenizer } from '../tokenizer/tokenizer';
import { MAX_DEPTH, MAX_ELEMENTS, MAX_GRAMMAR_BYTES, MAX_REPETITIONS } from './limits';
import { whyRecursive } from './left-recursion';
import { RuleNames } from './rule-names';
import { CHARACTER, CLASS, NOWHERE, OTHER_TOKEN, RULE, Rules, TOKEN } from './rules';
import { Table } from './table';

/** Bytes of the text that an error quotes. */
const SHOWN: u32 = 24;
const UNBOUNDED: u32 = u32.MAX_VALUE;

/**
 * Reads GBNF, llama.cpp's notation (llama.cpp, grammars/README.md):
 *
 *     grammar     { name ::= alternatives newline }          the text is made by the rule "root"; # begins a comment
 *     alternatives  sequence { | sequence }
 *     sequence    { item [ * | + | ? | {m} | {m,} | {m,n} ] }
 *     item        "text"  [a-z]  [^a-z]  .  name  ( alternatives )  <token>  <[id]>  !<token>  !<[id]>
 *     escapes     \n \r \t \\ \" \[ \] \- \xHH \uHHHH \UHHHHHHHH
 *
 * A newline ends a rule unless it stands in parentheses, after ::= or after |. A rule that is defined twice is what the
 * last definition says. Where llama.cpp treats a number of repetitions above 2000 as no bound at all, it is kept here.
 */
@final
export class GbnfParser {
  /** What is wrong with the grammar, and in which line; empty if nothing is. */
  error: string = '';
  private readonly names: RuleNames = new RuleNames();
  /** Elements of the sequences that are being read, the innermost last. */
  private readonly pending: Table = new Table(8, MAX_ELEMENTS);
  private start: usize = 0;
  private end: usize = 0;
  private at: usize = 0;

  constructor(
    private readonly rules: Rules,
    /** Knows the tokens that a grammar names; null if there is none. */
    private readonly tokenizer: Tokenizer | null,
  ) {}

  /** Reads `bytes` bytes of text at `text` into the rules; what is wrong is left in `error`. */
  parse(text: usize, bytes: u32): void {
    if (bytes > MAX_GRAMMAR_BYTES) {
      this.error = `the grammar has ${bytes} bytes; at most ${MAX_GRAMMAR_BYTES} are accepted`;
    } else if (!this.names.open(bytes)) {
      this.error = NO_MEMORY;
    } else {
      this.start = this.at = text;
      this.end = text + bytes;
      this.skipSpace(true);
      while (this.ok && this.at < this.end) this.parseRule();
      this.check();
    }
    this.names.dispose();
    this.pending.dispose();
  }

  private get ok(): bool {
    return this.error.length == 0;
  }

  /** Checks what can only be known at the end. */
  private check(): void {
    if (!this.ok) return;
    const rules = this.rules;
    for (let rule: u32 = 0; rule < rules.count; ++rule) {
      if (rules.firstAlternative(rule) != NOWHERE) continue;
      this.error = `the grammar has no rule "${this.names.nameOf(rule)}", which another names`;
      return;
    }
    const name = String.UTF8.encode('root');
    const root = this.names.find(changetype<usize>(name), 4);
    if (root < 0) {
      this.error = 'the grammar has no rule "root", which the text is made by';
      return;
    }
    rules.root = root;
    this.error = whyRecursive(rules, this.names);
  }

  private fail(what: string): void {
    if (!this.ok) return;
    let line = 1;
    for (let at = this.start; at < this.at && at < this.end; ++at) if (load<u8>(at) == 0x0a) ++line;
    this.error = `the grammar, line ${line}: ${what}${this.quote()}`;
  }

  /** What stands where the parser is. */
  private quote(): string {
    if (this.at >= this.end) return ', at its end';
    let to = this.at;
    while (to < this.end && to < this.at + SHOWN && load<u8>(to) >= 0x20) ++to;
    while (to < this.end && (load<u8>(to) & 0xc0) == 0x80) ++to;
    return to == this.at ? '' : `, at "${String.UTF8.decodeUnsafe(this.at, to - this.at)}"`;
  }

  /** The byte at the parser, or 0 at the end. */
  // @ts-ignore: decorator
  @inline
  private get next(): u32 {
    return this.at < this.end ? load<u8>(this.at) : 0;
  }

  private expect(byte: u32, what: string): bool {
    if (this.next == byte) {
      ++this.at;
      return true;
    }
    this.fail(`${what} was expected`);
    return false;
  }

  private skipSpace(newlines: bool): void {
    for (; this.at < this.end; ++this.at) {
      const byte = load<u8>(this.at);
      if (byte == 0x23) {
        while (this.at + 1 < this.end && !isNewline(load<u8>(this.at, 1))) ++this.at;
      } else if (byte != 0x20 && byte != 0x09 && !(newlines && isNewline(byte))) return;
    }
  }

  /** `name ::= alternatives` and the newlines after it. */
  private parseRule(): void {
    const rule = this.parseName();
    if (rule < 0) return;
    this.skipSpace(false);
    if (!this.expect(0x3a, '"::="') || !this.expect(0x3a, '"::="') || !this.expect(0x3d, '"::="')) return;
    this.skipSpace(true);
    this.rules.clear(rule);
    this.parseAlternatives(rule, 0);
    if (!this.ok) return;
    if (this.at < this.end && !isNewline(this.next)) return this.fail('the end of the rule was expected');
    this.skipSpace(true);
  }

  /** Number of the rule of the name at the parser; -1 with an error if there is no name. */
  private parseName(): i32 {
    const name = this.at;
    while (isWord(this.next)) ++this.at;
    const length = <u32>(this.at - name);
    if (length == 0) {
      this.fail('the name of a rule was expected (letters, digits and -)');
      return -1;
    }
    const known = this.names.find(name, length);
    if (known >= 0) return known;
    const rule = this.rules.addRule();
    if (rule < 0) this.fail(TOO_LARGE);
    else if (!this.names.add(name, length, rule)) this.fail('there is no room for another name');
    return rule;
  }

  private parseAlternatives(rule: u32, depth: i32): void {
    for (;;) {
      const base = this.pending.count;
      this.parseSequence(depth);
      if (!this.ok) return;
      const count = this.pending.count - base;
      if (!this.rules.addAlternative(rule, this.pending.row(base), count)) return this.fail(TOO_LARGE);
      this.pending.count = base;
      if (this.next != 0x7c) return;
      ++this.at;
      this.skipSpace(true);
    }
  }

  private parseSequence(depth: i32): void {
    // Where the item begins that a repetition is about.
    let item = this.pending.count;
    for (;;) {
      const before = this.pending.count;
      switch (this.next) {
        case 0x22:
          this.parseText();
          item = before;
          break;
        case 0x5b:
          this.parseClass();
          item = before;
          break;
        case 0x3c:
        case 0x21:
          this.parseToken();
          item = before;
          break;
        case 0x28:
          this.parseGroup(depth);
          item = before;
          break;
        case 0x2e:
          ++this.at;
          this.endClass(true);
          item = before;
          break;
        case 0x2a:
          ++this.at;
          this.repeat(item, 0, UNBOUNDED);
          break;
        case 0x2b:
          ++this.at;
          this.repeat(item, 1, UNBOUNDED);
          break;
        case 0x3f:
          ++this.at;
          this.repeat(item, 0, 1);
          break;
        case 0x7b:
          this.parseRepetitions(item, depth > 0);
          break;
        default: {
          if (!isWord(this.next)) return;
          const rule = this.parseName();
          if (rule >= 0) this.push(RULE, rule);
          item = before;
        }
      }
      if (!this.ok) return;
      this.skipSpace(depth > 0);
    }
  }

  private push(kind: u32, value: u32): void {
    const at = this.pending.append(1);
    if (at < 0) return this.fail(TOO_LARGE);
    store<u32>(this.pending.row(at), kind);
    store<u32>(this.pending.row(at), value, 4);
  }

  private parseText(): void {
    ++this.at;
    while (this.ok && this.next != 0x22) {
      const point = this.parseCharacter();
      if (this.ok) this.push(CHARACTER, point);
    }
    ++this.at;
  }

  private parseClass(): void {
    ++this.at;
    const negated = this.next == 0x5e;
    if (negated) ++this.at;
    if (this.next == 0x5d) return this.fail('the class of characters is empty');
    const classes = this.rules.classes;
    classes.begin();
    while (this.ok && this.next != 0x5d) {
      const first = this.parseCharacter();
      let last = first;
      if (this.ok && this.next == 0x2d && this.at + 1 < this.end && load<u8>(this.at, 1) != 0x5d) {
        ++this.at;
        last = this.parseCharacter();
      }
      if (this.ok && !classes.add(first, last)) this.fail(TOO_LARGE);
    }
    if (!this.ok) return;
    ++this.at;
    this.pushClass(classes.end(negated));
  }

  /** The class of no character, or of all. */
  private endClass(negated: bool): void {
    this.rules.classes.begin();
    this.pushClass(this.rules.classes.end(negated));
  }

  private pushClass(number: i32): void {
    if (number < 0) this.fail(TOO_LARGE);
    else this.push(CLASS, number);
  }

  /** A character of a text or a class, which may be escaped. */
  private parseCharacter(): u32 {
    if (this.at >= this.end) {
      this.fail('the end of a text or a class is missing');
      return 0;
    }
    if (this.next == 0x5c) return this.parseEscape();
    const decoded = decode(this.at, this.end);
    const point = decoded & DECODED_CODE_POINT;
    const length = decoded >> DECODED_LENGTH_SHIFT;
    if ((length == 1 && load<u8>(this.at) >= 0x80) || (point >= 0xd800 && point < 0xe000)) {
      this.fail('a byte that is no UTF-8');
    }
    this.at += length;
    return point;
  }

  private parseEscape(): u32 {
    const letter: u32 = this.at + 1 < this.end ? load<u8>(this.at, 1) : 0;
    let digits: i32 = 0;
    let point = letter;
    switch (letter) {
      case 0x78:
        digits = 2;
        break;
      case 0x75:
        digits = 4;
        break;
      case 0x55:
        digits = 8;
        break;
      case 0x74:
        point = 0x09;
        break;
      case 0x72:
        point = 0x0d;
        break;
      case 0x6e:
        point = 0x0a;
        break;
      case 0x5c:
      case 0x22:
      case 0x5b:
      case 0x5d:
      case 0x2d:
        break;
      default:
        this.fail('there is no such escape');
        return 0;
    }
    if (digits > 0) point = this.hexadecimal(this.at + 2, digits);
    this.at += 2 + digits;
    return point;
  }

  private hexadecimal(from: usize, digits: i32): u32 {
    let value: u32 = 0;
    for (let at = from; at < from + digits; ++at) {
      const byte: u32 = at < this.end ? load<u8>(at) : 0;
      const letter = byte | 0x20;
      if (isDigit(byte)) value = (value << 4) | (byte - 0x30);
      else if (letter >= 0x61 && letter <= 0x66) value = (value << 4) | (letter - 0x57);
      else this.fail(`${digits} hexadecimal digits were expected`);
    }
    return value;
  }

  /** `<token>` or `<[id]>`, or any other with "!" before it. */
  private parseToken(): void {
    const kind = this.next == 0x21 ? OTHER_TOKEN : TOKEN;
    if (kind == OTHER_TOKEN) ++this.at;
    const from = this.at;
    if (!this.expect(0x3c, '"<"')) return;
    const tokenizer = this.tokenizer;
    if (tokenizer == null) return this.fail('tokens can only be named where there is a vocabulary');
    let id: i64 = -1;
    if (this.next == 0x5b) {
      ++this.at;
      id = this.parseNumber(u32.MAX_VALUE);
      if (!this.ok || !this.expect(0x5d, '"]"') || !this.expect(0x3e, '">"')) return;
    } else {
      while (this.at < this.end && this.next != 0x3e) ++this.at;
      if (!this.expect(0x3e, '">"')) return;
      if (tokenizer.encode(from, <u32>(this.at - from), false, true) == 1) id = load<i32>(tokenizer.tokens);
    }
    if (id < 0 || id >= <i64>tokenizer.size) {
      this.at = from;
      return this.fail('this is not one token of the vocabulary');
    }
    this.push(kind, <u32>id);
  }

  private parseGroup(depth: i32): void {
    if (depth >= MAX_DEPTH) return this.fail(`groups are nested more than ${MAX_DEPTH} deep`);
    ++this.at;
    this.skipSpace(true);
    const rule = this.rules.addRule();
    if (rule < 0) return this.fail(TOO_LARGE);
    this.parseAlternatives(rule, depth + 1);
    if (this.ok && this.expect(0x29, '")"')) this.push(RULE, rule);
  }

  private parseNumber(most: u32): u32 {
    if (!isDigit(this.next)) this.fail('a number was expected');
    let value: u64 = 0;
    for (; isDigit(this.next) && this.ok; ++this.at) {
      value = value * 10 + (this.next - 0x30);
      if (value > most) this.fail(`the number is above ${most}`);
    }
    return <u32>value;
  }

  /** `{m}`, `{m,}` or `{m,n}`. */
  private parseRepetitions(item: u32, newlines: bool): void {
    ++this.at;
    this.skipSpace(newlines);
    const least = this.parseNumber(MAX_REPETITIONS);
    let most = least;
    this.skipSpace(newlines);
    if (this.ok && this.next == 0x2c) {
      ++this.at;
      this.skipSpace(newlines);
      most = isDigit(this.next) ? this.parseNumber(MAX_REPETITIONS) : UNBOUNDED;
      this.skipSpace(newlines);
    }
    if (!this.ok || !this.expect(0x7d, '"}"')) return;
    if (most < least) return this.fail(`at least ${least} and at most ${most} repetitions are none at all`);
    this.repeat(item, least, most);
  }

  /**
   * Repeats what is pending from `item` on:
   *
   *     S{m,}   S ... S R, where R is S R or nothing
   *     S{m,n}  S ... S R1, where R1 is S R2 or nothing, and so on n - m times
   */
  private repeat(item: u32, least: u32, most: u32): void {
    const pending = this.pending;
    const count = pending.count - item;
    if (count == 0) return this.fail('there is nothing to be repeated');
    if (count > 1 && !this.group(item, count)) return this.fail(TOO_LARGE);
    const kind = load<u32>(pending.row(item));
    const value = load<u32>(pending.row(item), 4);
    pending.count = item;
    for (let i: u32 = 0; i < least && this.ok; ++i) this.push(kind, value);
    if (most == UNBOUNDED) {
      const rule = this.rules.addRule();
      if (rule < 0) return this.fail(TOO_LARGE);
      this.addOptional(rule, kind, value, rule);
      return this.push(RULE, rule);
    }
    let last: i32 = -1;
    for (let i = least; i < most && this.ok; ++i) {
      const rule = this.rules.addRule();
      if (rule < 0) return this.fail(TOO_LARGE);
      this.addOptional(rule, kind, value, last);
      last = rule;
    }
    if (last >= 0) this.push(RULE, last);
  }

  /** Makes one rule of the elements pending from `item` on. */
  private group(item: u32, count: u32): bool {
    const rule = this.rules.addRule();
    if (rule < 0 || !this.rules.addAlternative(rule, this.pending.row(item), count)) return false;
    this.pending.count = item;
    this.push(RULE, rule);
    return true;
  }

  /** Makes a rule an element and then `next`, if that is none negative, or nothing. */
  private addOptional(rule: u32, kind: u32, value: u32, next: i32): void {
    const base = this.pending.count;
    this.push(kind, value);
    if (next >= 0) this.push(RULE, next);
    if (!this.ok) return;
    const count = this.pending.count - base;
    const isThere =
      this.rules.addAlternative(rule, this.pending.row(base), count) && this.rules.addAlternative(rule, 0, 0);
    this.pending.count = base;
    if (!isThere) this.fail(TOO_LARGE);
  }
}

const TOO_LARGE: string = `it is too large: with its repetitions written out it has more than ${MAX_ELEMENTS} elements`;
const NO_MEMORY: string = 'no memory is left for the grammar';

function isNewline(byte: u32): bool {
  return byte == 0x0a || byte == 0x0d;
}

function isDigit(byte: u32): bool {
  return byte - 0x30 < 10;
}

/** Characters of names. */
function isWord(byte: u32): bool {
  return isDigit(byte) || (byte | 0x20) - 0x61 < 26 || byte == 0x2d;
}
