import { callBuiltin, isBuiltin } from './builtins';
import { setKey, addKey, keyAt, newDictionary, placeOf, sizeOf, valueAt } from './dictionaries';
import { applyFilter } from './filters';
import { isTruthy, nameOfKind } from './kinds';
import { countOf, itemOf, newList, push } from './lists';
import { Machine } from './machine';
import { callMethod, hasMethod, indexed, memberOf, sliced } from './members';
import { IN_BRACKETS, Kind, Operator, a, b, c, d, detailOf, kindOfNode, nextOf } from './nodes';
import { operate, signed } from './operators';
import { variableOf } from './scopes';
import { passesTest } from './tests';
import * as values from './values';
import { FALSE, NOTHING, Value, booleanValue, cellOf, hasMembers, isCallable, isList, kindOf, valueOf } from './values';

/** Finds the values of expressions. */
export abstract class Expressions extends Machine {
  /** The input of a block's filters. */
  protected blockText: Value = NOTHING;
  /** The named arguments that were read last; 0 for none. */
  private keywords: usize = 0;

  /** Calls a macro, or the function `caller`. */
  protected abstract callMacro(macro: usize, positional: usize, keywords: usize, scope: usize): Value;

  filtered(value: Value, name: u32, positional: usize, keywords: usize): Value {
    return applyFilter(this, value, name, positional, keywords);
  }

  passes(value: Value, name: u32, positional: usize): bool {
    return passesTest(this, value, name, positional);
  }

  evaluate(node: usize, scope: usize): Value {
    if (node == 0) return NOTHING;
    this.spend(1);
    if (this.hasFailed || !this.enter()) return NOTHING;
    const value = this.valueOfNode(node, scope);
    this.leave();
    return this.hasFailed ? NOTHING : value;
  }

  private valueOfNode(node: usize, scope: usize): Value {
    switch (kindOfNode(node)) {
      case Kind.Constant:
        return a(node) | ((<u64>b(node)) << 32);
      case Kind.Variable:
        return this.variable(a(node), scope);
      case Kind.Member:
        return memberOf(this, this.evaluate(a(node), scope), b(node));
      case Kind.Index:
        return this.index(node, scope);
      case Kind.Slice:
        return this.slice(node, scope);
      case Kind.Binary:
        return this.binary(node, scope);
      case Kind.And: {
        const left = this.evaluate(a(node), scope);
        return isTruthy(left) ? this.evaluate(b(node), scope) : left;
      }
      case Kind.Or: {
        const left = this.evaluate(a(node), scope);
        return isTruthy(left) ? left : this.evaluate(b(node), scope);
      }
      case Kind.Not:
        return booleanValue(!isTruthy(this.evaluate(a(node), scope)));
      case Kind.Ternary:
        return this.evaluate(isTruthy(this.evaluate(a(node), scope)) ? b(node) : c(node), scope);
      case Kind.Select:
        return isTruthy(this.evaluate(b(node), scope)) ? this.evaluate(a(node), scope) : NOTHING;
      case Kind.Filter:
        return this.filter(node, scope);
      case Kind.Test:
        return this.test(node, scope);
      case Kind.Call:
        return this.call(node, scope);
      case Kind.List:
        return valueOf(values.LIST, this.items(a(node), scope));
      case Kind.Tuple:
        return valueOf(values.TUPLE, this.items(a(node), scope));
      case Kind.Dictionary:
        return this.dictionary(a(node), scope);
      case Kind.Negative:
        return this.sign(node, scope, true);
      case Kind.Positive:
        return this.sign(node, scope, false);
      default:
        return this.fail('only arguments can have names and stars');
    }
  }

  private variable(name: u32, scope: usize): Value {
    const value = variableOf(scope, name);
    if (value != NOTHING || !isBuiltin(name)) return value;
    return valueOf(values.BUILTIN, name);
  }

  private sign(node: usize, scope: usize, isNegative: bool): Value {
    const value = this.evaluate(a(node), scope);
    return this.hasFailed ? NOTHING : signed(this, value, isNegative);
  }

  private index(node: usize, scope: usize): Value {
    const value = this.evaluate(a(node), scope);
    const index = this.evaluate(b(node), scope);
    return this.hasFailed ? NOTHING : indexed(this, value, index);
  }

  private slice(node: usize, scope: usize): Value {
    const value = this.evaluate(a(node), scope);
    const from = this.evaluate(b(node), scope);
    const to = this.evaluate(c(node), scope);
    const step = this.evaluate(d(node), scope);
    return this.hasFailed ? NOTHING : sliced(this, value, from, to, step);
  }

  private binary(node: usize, scope: usize): Value {
    const operator: Operator = detailOf(node) & ~IN_BRACKETS;
    let left = this.evaluate(a(node), scope);
    if (operator >= Operator.Less && operator <= Operator.AtLeast && isChained(a(node))) {
      // 1 < 2 < 3: both have to hold, and the middle operand is evaluated once for each.
      if (!isTruthy(left)) return FALSE;
      left = this.evaluate(b(a(node)), scope);
    }
    const right = this.evaluate(b(node), scope);
    if (this.hasFailed) return NOTHING;
    return operate(this, operator, left, right);
  }

  private items(first: usize, scope: usize): usize {
    const list = newList(this.arena, 0);
    for (let item = first; item != 0 && !this.hasFailed; item = nextOf(item)) {
      push(this.arena, list, this.evaluate(item, scope));
    }
    return list;
  }

  private dictionary(first: usize, scope: usize): Value {
    const dictionary = newDictionary(this.arena);
    for (let pair = first; pair != 0 && !this.hasFailed; pair = nextOf(pair)) {
      const key = this.evaluate(a(pair), scope);
      const kind = kindOf(key);
      if (kind > values.STRING || kind == values.UNDEFINED) return this.fail(`${nameOfKind(key)} cannot be a key`);
      const value = this.evaluate(b(pair), scope);
      this.spend(sizeOf(dictionary) >> 2);
      setKey(this.arena, dictionary, key, value);
    }
    return valueOf(values.DICT, dictionary);
  }

  private filter(node: usize, scope: usize): Value {
    const operand = a(node);
    const value = operand == 0 ? this.blockText : this.evaluate(operand, scope);
    const positional = this.arguments(c(node), scope);
    const keywords = this.keywords;
    if (this.hasFailed) return NOTHING;
    return applyFilter(this, value, b(node), positional, keywords);
  }

  private test(node: usize, scope: usize): Value {
    const value = this.evaluate(a(node), scope);
    const positional = this.arguments(c(node), scope);
    if (this.hasFailed) return NOTHING;
    return booleanValue(passesTest(this, value, b(node), positional) != (detailOf(node) != 0));
  }

  /** The arguments of a call without names, as a list; those with names are left in `keywords`. */
  protected arguments(first: usize, scope: usize): usize {
    const positional = newList(this.arena, first == 0 ? 0 : 2);
    let named = false;
    for (let node = first; node != 0 && !this.hasFailed; node = nextOf(node)) {
      const kind = kindOfNode(node);
      if (kind == Kind.Keyword || kind == Kind.KeywordSpread) named = true;
      else if (kind == Kind.Spread) this.spread(positional, this.evaluate(a(node), scope));
      else push(this.arena, positional, this.evaluate(node, scope));
    }
    const keywords = named ? this.namedArguments(first, scope) : 0;
    this.keywords = keywords;
    return positional;
  }

  private spread(positional: usize, value: Value): void {
    if (!isList(value)) {
      this.fail(`${nameOfKind(value)} is no list of arguments`);
      return;
    }
    const list = cellOf(value);
    this.spend(countOf(list));
    for (let i: u32 = 0; i < countOf(list); ++i) push(this.arena, positional, itemOf(list, i));
  }

  private namedArguments(first: usize, scope: usize): usize {
    const keywords = newDictionary(this.arena);
    for (let node = first; node != 0 && !this.hasFailed; node = nextOf(node)) {
      if (kindOfNode(node) == Kind.Keyword) {
        this.addNamed(keywords, this.nameText(a(node)), this.evaluate(b(node), scope));
      } else if (kindOfNode(node) == Kind.KeywordSpread) {
        const value = this.evaluate(a(node), scope);
        if (!hasMembers(value)) {
          this.fail(`${nameOfKind(value)} has no named arguments`);
          break;
        }
        const more = cellOf(value);
        for (let i: u32 = 0; i < sizeOf(more) && !this.hasFailed; ++i) {
          this.addNamed(keywords, keyAt(more, i), valueAt(more, i));
        }
      }
    }
    return keywords;
  }

  private addNamed(keywords: usize, key: Value, value: Value): void {
    this.spend((sizeOf(keywords) >> 2) + 1);
    if (placeOf(keywords, key) >= 0) this.fail('an argument is given twice');
    else addKey(this.arena, keywords, key, value);
  }

  /** The named arguments of the `arguments` that were read last. */
  protected get namedOnes(): usize {
    return this.keywords;
  }

  private call(node: usize, scope: usize): Value {
    const positional = this.arguments(b(node), scope);
    const keywords = this.keywords;
    if (this.hasFailed) return NOTHING;
    return this.callNode(a(node), positional, keywords, scope);
  }

  /** Calls a node's value; a method is called without making a value of it. */
  protected callNode(node: usize, positional: usize, keywords: usize, scope: usize): Value {
    let called: Value;
    if (kindOfNode(node) == Kind.Member) {
      const value = this.evaluate(a(node), scope);
      const name = b(node);
      if (this.hasFailed) return NOTHING;
      if (!hasMembers(value) && hasMethod(value, name)) return callMethod(this, value, name, positional, keywords);
      called = memberOf(this, value, name);
      // A call finds a method even if a dictionary has a member of this name that cannot be called: `schema.items()`.
      if (!isCallable(called) && hasMethod(value, name)) return callMethod(this, value, name, positional, keywords);
      if (called == NOTHING) return this.fail(`${nameOfKind(value)} has no "${this.shownName(name)}" to call`);
    } else {
      called = this.evaluate(node, scope);
    }
    if (this.hasFailed) return NOTHING;
    return this.callValue(called, positional, keywords, scope);
  }

  private callValue(value: Value, positional: usize, keywords: usize, scope: usize): Value {
    const cell = cellOf(value);
    switch (kindOf(value)) {
      case values.BUILTIN:
        return callBuiltin(this, <u32>cell, positional, keywords);
      case values.METHOD:
        return callMethod(this, load<u64>(cell, 8), load<u32>(cell), positional, keywords);
      case values.MACRO:
        return this.callMacro(cell, positional, keywords, scope);
      default:
        return this.fail(`${nameOfKind(value)} cannot be called`);
    }
  }
}

/** Whether a node is a comparison that another one goes on. */
function isChained(node: usize): bool {
  if (kindOfNode(node) != Kind.Binary || (detailOf(node) & IN_BRACKETS) != 0) return false;
  return <i32>detailOf(node) >= Operator.Equal;
}
