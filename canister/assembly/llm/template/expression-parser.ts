import { literalText } from './literals';
import { Name } from './names';
import {
  IN_BRACKETS,
  Kind,
  Operator,
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
import { AT_LEAST, AT_MOST, EQUAL, FLOOR, POWER, Token, UNEQUAL } from './tokens';
import { FALSE, NULL, STRING, TRUE, Value, valueOf } from './values';

/** Reads the expressions of a template, with the precedence of @huggingface/jinja: "~" binds as "+" does. */
export abstract class ExpressionParser extends TokenStream {
  /** Which of kwargs and varargs the macro uses that is being read. */
  protected uses: u32 = 0;

  /** An expression, of which a list without brackets is one where it may be a tuple. */
  protected expressions(): usize {
    const first = this.expression();
    return this.isSymbol(0x2c) ? this.tuple(first) : first;
  }

  private tuple(first: usize): usize {
    const tuple = this.node(Kind.Tuple);
    setA(tuple, first);
    let last = first;
    while (this.takeSymbol(0x2c)) {
      if (this.endsTuple()) break;
      const item = this.expression();
      if (this.hasFailed) return 0;
      setNext(last, item);
      last = item;
    }
    return tuple;
  }

  private endsTuple(): bool {
    const kind = this.kind;
    return kind == Token.CloseStatement || kind == Token.CloseExpression || this.isSymbol(0x29) || this.isSymbol(0x3d);
  }

  /** value [if condition [else value]] */
  protected expression(): usize {
    if (!this.enter()) return 0;
    const value = this.or();
    let whole = value;
    if (this.isWord(Name.If)) {
      this.skip();
      const condition = this.or();
      if (this.takeWord(Name.Else)) {
        const otherwise = this.expression();
        whole = this.node(Kind.Ternary);
        setA(whole, condition);
        setB(whole, value);
        setC(whole, otherwise);
      } else {
        whole = this.two(Kind.Select, value, condition);
      }
    }
    this.leave();
    return this.hasFailed ? 0 : whole;
  }

  protected two(kind: Kind, a: usize, b: usize): usize {
    const node = this.node(kind);
    setA(node, a);
    setB(node, b);
    return node;
  }

  private binary(operator: Operator, a: usize, b: usize): usize {
    const node = this.two(Kind.Binary, a, b);
    setDetail(node, operator);
    return node;
  }

  protected or(): usize {
    let left = this.and();
    while (this.takeWord(Name.Or)) left = this.two(Kind.Or, left, this.and());
    return left;
  }

  private and(): usize {
    let left = this.not();
    while (this.takeWord(Name.And)) left = this.two(Kind.And, left, this.not());
    return left;
  }

  private not(): usize {
    if (!this.isWord(Name.Not)) return this.comparison();
    this.skip();
    if (!this.enter()) return 0;
    const node = this.two(Kind.Not, this.not(), 0);
    this.leave();
    return node;
  }

  private comparison(): usize {
    let left = this.sum();
    for (let operator = this.comparisonOperator(); operator >= 0; operator = this.comparisonOperator()) {
      left = this.binary(operator, left, this.sum());
    }
    return left;
  }

  private comparisonOperator(): i32 {
    if (this.isWord(Name.Not) && this.isWordAfter(Name.In)) {
      this.skip();
      this.skip();
      return Operator.NotIn;
    }
    if (this.takeWord(Name.In)) return Operator.In;
    if (this.takeSymbol(EQUAL)) return Operator.Equal;
    if (this.takeSymbol(UNEQUAL)) return Operator.Unequal;
    if (this.takeSymbol(AT_MOST)) return Operator.AtMost;
    if (this.takeSymbol(AT_LEAST)) return Operator.AtLeast;
    if (this.takeSymbol(0x3c)) return Operator.Less;
    if (this.takeSymbol(0x3e)) return Operator.Greater;
    return -1;
  }

  private sum(): usize {
    let left = this.product();
    for (let operator = this.sumOperator(); operator >= 0; operator = this.sumOperator()) {
      left = this.binary(operator, left, this.product());
    }
    return left;
  }

  private sumOperator(): i32 {
    if (this.takeSymbol(0x2b)) return Operator.Add;
    if (this.takeSymbol(0x2d)) return Operator.Subtract;
    return this.takeSymbol(0x7e) ? Operator.Concatenate : -1;
  }

  private product(): usize {
    let left = this.power();
    for (let operator = this.productOperator(); operator >= 0; operator = this.productOperator()) {
      left = this.binary(operator, left, this.power());
    }
    return left;
  }

  private productOperator(): i32 {
    if (this.takeSymbol(0x2a)) return Operator.Multiply;
    if (this.takeSymbol(0x2f)) return Operator.Divide;
    if (this.takeSymbol(FLOOR)) return Operator.FloorDivide;
    return this.takeSymbol(0x25) ? Operator.Remainder : -1;
  }

  private power(): usize {
    let left = this.tested();
    while (this.takeSymbol(POWER)) left = this.binary(Operator.Power, left, this.tested());
    return left;
  }

  private tested(): usize {
    let value = this.filtered();
    while (this.takeWord(Name.Is)) {
      const test = this.node(Kind.Test);
      setDetail(test, u32(this.takeWord(Name.Not)));
      setA(test, value);
      setB(test, this.name('the name of a test'));
      setC(test, this.isSymbol(0x28) ? this.bracketedArguments() : this.bareArgument());
      value = test;
    }
    return value;
  }

  /** The argument of a test without brackets, as in `is divisibleby 3`; 0 if there is none. */
  private bareArgument(): usize {
    const isValue =
      this.kind == Token.String ||
      this.kind == Token.Number ||
      this.isSymbol(0x5b) ||
      this.isSymbol(0x7b) ||
      (this.kind == Token.Word && !this.isOperatorWord());
    return isValue ? this.postfix(this.primary()) : 0;
  }

  private isOperatorWord(): bool {
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

  private filtered(): usize {
    return this.filters(this.signed());
  }

  /** The filters behind a value, none in a block, each the value of the next. */
  protected filters(value: usize): usize {
    let filtered = value;
    while (this.takeSymbol(0x7c)) filtered = this.filter(filtered);
    return filtered;
  }

  /** A filter by its name. */
  protected filter(value: usize): usize {
    const filter = this.node(Kind.Filter);
    setA(filter, value);
    setB(filter, this.name('the name of a filter'));
    if (this.isSymbol(0x28)) {
      setDetail(filter, 1);
      setC(filter, this.bracketedArguments());
    }
    return filter;
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

  private signed(): usize {
    const isNegative = this.isSymbol(0x2d);
    if (!isNegative && !this.isSymbol(0x2b)) return this.postfix(this.primary());
    this.skip();
    if (!this.enter()) return 0;
    const node = this.two(isNegative ? Kind.Negative : Kind.Positive, this.signed(), 0);
    this.leave();
    return node;
  }

  /** What follows a value: members, indices, slices, calls. */
  private postfix(value: usize): usize {
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

  private primary(): usize {
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
