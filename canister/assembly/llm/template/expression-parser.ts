import { Name } from './names';
import { Kind, Operator, setA, setB, setC, setDetail, setNext } from './nodes';
import { AT_LEAST, AT_MOST, EQUAL, FLOOR, POWER, Token, UNEQUAL } from './tokens';
import { ValueParser } from './value-parser';

/** Reads the expressions of a template, with the precedence of @huggingface/jinja: "~" binds as "+" does. */
export abstract class ExpressionParser extends ValueParser {
  /** An expression; where a tuple is allowed, a list without brackets is one. */
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

  /** The argument of a test without brackets, as in `is divisibleby 3`; 0 if missing. */
  private bareArgument(): usize {
    const isValue =
      this.kind == Token.String ||
      this.kind == Token.Number ||
      this.isSymbol(0x5b) ||
      this.isSymbol(0x7b) ||
      (this.kind == Token.Word && !this.isOperatorWord());
    return isValue ? this.postfix(this.primary()) : 0;
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

  private signed(): usize {
    const isNegative = this.isSymbol(0x2d);
    if (!isNegative && !this.isSymbol(0x2b)) return this.postfix(this.primary());
    this.skip();
    if (!this.enter()) return 0;
    const node = this.two(isNegative ? Kind.Negative : Kind.Positive, this.signed(), 0);
    this.leave();
    return node;
  }
}
