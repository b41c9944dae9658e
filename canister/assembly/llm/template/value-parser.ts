import { literalText } from './literals';
import { Name } from './names';
import {
  IN_BRACKETS,
  Kind,
  USES_KWARGS,
  USES_VARARGS,
  detailOf,
  kindOfNode,
  newNode,
  setA,
  setB,
  setC,
  setD,
  setDetail,
  setNext,
} from './nodes';
import { readNumber } from './numbers';
import { joined } from './texts';
import { TokenStream } from './token-stream';
import { POWER, Token } from './tokens';
import { FALSE, NULL, STRING, TRUE, Value, valueOf } from './values';

/** Reads values: literals, variables, lists, dictionaries, expressions in brackets, and their suffixes. */
export abstract class ValueParser extends TokenStream {
  /** Which of kwargs and varargs the macro uses that is being read. */
  protected uses: u32 = 0;

  /** An expression. */
  protected abstract expression(): usize;
  /** An expression; where a tuple is allowed, a list without brackets is one. */
  protected abstract expressions(): usize;

  protected two(kind: Kind, a: usize, b: usize): usize {
    const node = this.node(kind);
    setA(node, a);
    setB(node, b);
    return node;
  }

  protected name(what: string): u32 {
    if (this.kind != Token.Word) {
      this.fail(`${what} is missing`);
      return 0;
    }
    const name = this.number;
    this.skip();
    return name;
  }

  protected isOperatorWord(): bool {
    switch (this.number) {
      case Name.And:
      case Name.Or:
      case Name.Not:
      case Name.If:
      case Name.Else:
      case Name.Is:
      case Name.In:
        return true;
      default:
        return false;
    }
  }

  /** The suffixes of a value: members, indices, slices, calls. */
  protected postfix(value: usize): usize {
    let whole = value;
    while (!this.hasFailed) {
      if (this.takeSymbol(0x2e)) whole = this.member(whole);
      else if (this.takeSymbol(0x5b)) whole = this.index(whole);
      else if (this.isSymbol(0x28)) whole = this.two(Kind.Call, whole, this.bracketedArguments());
      else return whole;
    }
    return 0;
  }

  private member(value: usize): usize {
    if (this.kind == Token.Number) return this.two(Kind.Index, value, this.primary());
    return this.two(Kind.Member, value, this.name('the name of a member'));
  }

  private index(value: usize): usize {
    const slice = this.node(Kind.Slice);
    let colons = 0;
    for (let part = 0; part < 3; ++part) {
      if (!this.isSymbol(0x3a) && !this.isSymbol(0x5d)) {
        const bound = this.expressions();
        if (part == 0) setB(slice, bound);
        else if (part == 1) setC(slice, bound);
        else setD(slice, bound);
        if (part == 0 && this.takeSymbol(0x5d)) return this.two(Kind.Index, value, bound);
      }
      if (!this.takeSymbol(0x3a)) break;
      ++colons;
    }
    if (colons == 0) return this.fail('an index is missing');
    this.expectSymbol(0x5d, '"]"');
    setA(slice, value);
    return slice;
  }

  protected bracketedArguments(): usize {
    this.expectSymbol(0x28, '"("');
    let first: usize = 0;
    let last: usize = 0;
    while (!this.hasFailed && !this.isSymbol(0x29)) {
      const argument = this.argument();
      if (last == 0) first = argument;
      else setNext(last, argument);
      last = argument;
      this.takeSymbol(0x2c);
    }
    this.expectSymbol(0x29, '")"');
    return this.hasFailed ? 0 : first;
  }

  private argument(): usize {
    if (this.takeSymbol(POWER)) return this.two(Kind.KeywordSpread, this.expression(), 0);
    if (this.takeSymbol(0x2a)) return this.two(Kind.Spread, this.expression(), 0);
    if (this.kind == Token.Word && this.kindAfter == Token.Symbol && this.tokens.number(this.at + 1) == 0x3d) {
      const name = this.number;
      this.skip();
      this.skip();
      return this.two(Kind.Keyword, name, this.expression());
    }
    return this.expression();
  }

  private constant(value: Value): usize {
    const node = this.node(Kind.Constant);
    setA(node, <u32>value);
    setB(node, <u32>(value >> 32));
    return node;
  }

  protected primary(): usize {
    const kind = this.kind;
    if (kind == Token.Word) return this.variable();
    if (kind == Token.String) return this.strings();
    if (kind == Token.Number) {
      const bytes = this.tokens.bytes(this.at);
      const length = this.tokens.length(this.at);
      let isFloat = false;
      for (let i: u32 = 0; i < length; ++i) if (load<u8>(bytes + i) == 0x2e) isFloat = true;
      const node = this.constant(readNumber(this.arena, bytes, length, isFloat));
      this.skip();
      return node;
    }
    if (this.takeSymbol(0x28)) {
      const value = this.isSymbol(0x29) ? newNode(this.arena, Kind.Tuple, this.line) : this.inBrackets();
      this.expectSymbol(0x29, '")"');
      return value;
    }
    if (this.takeSymbol(0x5b)) return this.list();
    if (this.takeSymbol(0x7b)) return this.dictionary();
    return this.fail('a value is missing');
  }

  /** A comparison in brackets is one value, not the beginning of a chain. */
  private inBrackets(): usize {
    const value = this.expressions();
    if (value != 0 && kindOfNode(value) == Kind.Binary) setDetail(value, detailOf(value) | IN_BRACKETS);
    return value;
  }

  private variable(): usize {
    const name = this.number;
    if (this.isOperatorWord()) return this.fail('a value is missing');
    const node = this.node(Kind.Variable);
    this.skip();
    switch (name) {
      case Name.True:
      case Name.TrueTitle:
        return this.constant(TRUE);
      case Name.False:
      case Name.FalseTitle:
        return this.constant(FALSE);
      case Name.None:
      case Name.NoneTitle:
        return this.constant(NULL);
      case Name.Kwargs:
        this.uses |= USES_KWARGS;
        break;
      case Name.Varargs:
        this.uses |= USES_VARARGS;
        break;
      default:
    }
    setA(node, name);
    return node;
  }

  /** A string, or several in a row. */
  private strings(): usize {
    let text = literalText(this.arena, this.tokens.bytes(this.at), this.tokens.length(this.at));
    this.skip();
    while (this.kind == Token.String) {
      text = joined(this.arena, text, literalText(this.arena, this.tokens.bytes(this.at), this.tokens.length(this.at)));
      this.skip();
    }
    return this.constant(valueOf(STRING, text));
  }

  private list(): usize {
    const list = this.node(Kind.List);
    let last: usize = 0;
    while (!this.hasFailed && !this.isSymbol(0x5d)) {
      const item = this.expression();
      if (this.hasFailed) return 0;
      if (last == 0) setA(list, item);
      else setNext(last, item);
      last = item;
      this.takeSymbol(0x2c);
    }
    this.expectSymbol(0x5d, '"]"');
    return list;
  }

  private dictionary(): usize {
    const dictionary = this.node(Kind.Dictionary);
    let last: usize = 0;
    while (!this.hasFailed && !this.isSymbol(0x7d)) {
      const key = this.expression();
      this.expectSymbol(0x3a, '":"');
      const pair = this.two(Kind.Pair, key, this.expression());
      if (this.hasFailed) return 0;
      if (last == 0) setA(dictionary, pair);
      else setNext(last, pair);
      last = pair;
      this.takeSymbol(0x2c);
    }
    this.expectSymbol(0x7d, '"}"');
    return dictionary;
  }
}
