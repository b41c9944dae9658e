import { Expressions } from './expressions';
import { listOf } from './container-methods';
import { addKey, keyAt, newDictionary, placeOf, removeAt, setKey, sizeOf, valueAt } from './dictionaries';
import { isTruthy, nameOfKind } from './kinds';
import { countOf, itemOf, newList, push } from './lists';
import { newLoop, setLoopIndex } from './loops';
import { Name } from './names';
import { Kind, USES_KWARGS, USES_VARARGS, a, b, c, d, detailOf, kindOfNode, lineOf, nextOf } from './nodes';
import { print } from './printing';
import { newScope, setVariable } from './scopes';
import * as values from './values';
import { NOTHING, Value, cellOf, isList, kindOf, valueOf } from './values';

/** A loop that ends by `break`, or goes to its next round by `continue`. */
const NO_JUMP: u32 = 0;
const BREAK: u32 = 1;
const CONTINUE: u32 = 2;

/** Carries out statements. */
export abstract class Statements extends Expressions {
  private jump: u32 = NO_JUMP;
  private loops: u32 = 0;

  /** Carries out statements up to the end, or to a jump. */
  protected block(first: usize, scope: usize): void {
    if (!this.enter()) return;
    for (let node = first; node != 0; node = nextOf(node)) {
      this.spend(1);
      if (this.hasFailed) break;
      this.line = lineOf(node);
      this.execute(node, scope);
      if (this.hasFailed || this.jump != NO_JUMP) break;
    }
    this.leave();
  }

  private execute(node: usize, scope: usize): void {
    switch (kindOfNode(node)) {
      case Kind.Text:
        this.output.writeText(a(node));
        return;
      case Kind.Print: {
        const value = this.evaluate(a(node), scope);
        if (!this.hasFailed) print(this, value);
        return;
      }
      case Kind.If:
        return this.branch(node, scope);
      case Kind.For:
        return this.loop(node, scope);
      case Kind.Set:
        return this.set(node, scope);
      case Kind.Macro:
        return setVariable(this.arena, scope, a(node), this.macroValue(node, 0));
      case Kind.CallBlock:
        return this.callBlock(node, scope);
      case Kind.FilterBlock: {
        const filtered = this.blockFiltered(this.blockValue(c(node), scope), a(node), scope);
        if (this.goesOn) print(this, filtered);
        return;
      }
      case Kind.Break:
        this.jump = BREAK;
        return;
      case Kind.Continue:
        this.jump = CONTINUE;
        return;
      default:
        this.evaluate(a(node), scope);
    }
  }

  private get goesOn(): bool {
    return !this.hasFailed && this.jump == NO_JUMP;
  }

  private branch(node: usize, scope: usize): void {
    for (let at = node; !this.hasFailed; at = c(at)) {
      const isTaken = isTruthy(this.evaluate(a(at), scope));
      if (this.hasFailed) return;
      if (isTaken) return this.block(b(at), scope);
      // Otherwise: another condition, or a block.
      if (detailOf(at) == 0) return this.block(c(at), scope);
    }
  }

  /** The result of a block, as a text. */
  private blockValue(first: usize, scope: usize): Value {
    const from = this.output.length;
    this.block(first, scope);
    return this.taken(from);
  }

  private blockFiltered(text: Value, filters: usize, scope: usize): Value {
    if (filters == 0 || !this.goesOn) return text;
    const around = this.blockText;
    this.blockText = text;
    const value = this.evaluate(filters, scope);
    this.blockText = around;
    return value;
  }

  private set(node: usize, scope: usize): void {
    const isBlock = b(node) == 0;
    const value = isBlock
      ? this.blockFiltered(this.blockValue(c(node), scope), d(node), scope)
      : this.evaluate(b(node), scope);
    if (this.goesOn) this.assign(a(node), value, scope);
  }

  private assign(target: usize, value: Value, scope: usize): void {
    if (kindOfNode(target) == Kind.Variable) return setVariable(this.arena, scope, a(target), value);
    if (kindOfNode(target) == Kind.Tuple) return this.unpack(target, value, scope);
    const object = kindOfNode(target) == Kind.Member ? this.evaluate(a(target), scope) : NOTHING;
    if (kindOf(object) == values.NAMESPACE) {
      this.spend((sizeOf(cellOf(object)) >> 2) + 1);
      setKey(this.arena, cellOf(object), this.nameText(b(target)), value);
    } else if (!this.hasFailed) {
      this.fail(`only attributes of namespaces can be set, not of ${nameOfKind(object)}`);
    }
  }

  private unpack(tuple: usize, value: Value, scope: usize): void {
    if (!isList(value)) {
      this.fail(`${nameOfKind(value)} cannot be taken apart`);
      return;
    }
    const list = cellOf(value);
    let index: u32 = 0;
    for (let target = a(tuple); target != 0 && !this.hasFailed; target = nextOf(target)) {
      if (index >= countOf(list)) {
        this.fail('a list has fewer items than there are names for them');
        return;
      }
      this.assign(target, itemOf(list, index++), scope);
    }
    if (index < countOf(list)) this.fail('a list has more items than there are names for them');
  }

  private loop(node: usize, scope: usize): void {
    const inner = newScope(this.arena, scope);
    const source = b(node);
    const isFiltered = kindOfNode(source) == Kind.Select;
    const value = this.evaluate(isFiltered ? a(source) : source, inner);
    if (this.hasFailed) return;
    let list = listOf(this, value);
    if (isFiltered && !this.hasFailed) list = this.chosen(list, a(node), b(source), inner);
    if (this.hasFailed) return;
    const loop = newLoop(this.arena, list, ++this.loops);
    let rounds: u32 = 0;
    // A list that is made longer in its own loop does not make that longer.
    const count = countOf(list);
    for (let i: u32 = 0; i < count && i < countOf(list) && !this.hasFailed; ++i) {
      this.spend(1);
      setLoopIndex(loop, i);
      setVariable(this.arena, inner, Name.Loop, valueOf(values.LOOP, loop));
      this.assign(a(node), itemOf(list, i), inner);
      const from = this.output.length;
      this.block(c(node), inner);
      const jump = this.jump;
      this.jump = NO_JUMP;
      if (jump == NO_JUMP) ++rounds;
      // A round that is broken off loses its output, as in @huggingface/jinja.
      else this.output.cut(from);
      if (jump == BREAK) break;
    }
    --this.loops;
    if (rounds == 0 && !this.hasFailed) this.block(d(node), inner);
  }

  /** The items that satisfy a condition. */
  private chosen(list: usize, target: usize, condition: usize, scope: usize): usize {
    const result = newList(this.arena, 0);
    for (let i: u32 = 0; i < countOf(list) && !this.hasFailed; ++i) {
      this.spend(1);
      const own = newScope(this.arena, scope);
      this.assign(target, itemOf(list, i), own);
      if (isTruthy(this.evaluate(condition, own))) push(this.arena, result, itemOf(list, i));
    }
    return result;
  }

  /** A macro, or the body of a call, with the scope of its definition: [ node | scope: u32 ]. */
  private macroValue(node: usize, scope: usize): Value {
    const cell = this.arena.take(8);
    store<u32>(cell, <u32>node);
    store<u32>(cell, <u32>scope, 4);
    return valueOf(values.MACRO, cell);
  }

  protected callMacro(macro: usize, positional: usize, keywords: usize, scope: usize): Value {
    const node: usize = load<u32>(macro);
    const around: usize = load<u32>(macro, 4);
    const inner = newScope(this.arena, around == 0 ? scope : around);
    this.bind(node, positional, keywords, inner);
    if (this.hasFailed) return NOTHING;
    const line = this.line;
    const loops = this.loops;
    this.loops = 0;
    const value = this.blockValue(c(node), inner);
    this.loops = loops;
    if (!this.hasFailed) this.line = line;
    return value;
  }

  /** Gives the parameters of a macro their values; those by default may use the others. */
  private bind(node: usize, positional: usize, keywords: usize, scope: usize): void {
    const rest = newDictionary(this.arena);
    for (let i: u32 = 0; keywords != 0 && i < sizeOf(keywords); ++i) {
      addKey(this.arena, rest, keyAt(keywords, i), valueAt(keywords, i));
    }
    const given = countOf(positional);
    let index: u32 = 0;
    for (let parameter: usize = b(node); parameter != 0; parameter = nextOf(parameter)) {
      let value = NOTHING;
      const place = index < given ? -1 : placeOf(rest, this.nameText(a(parameter)));
      if (index < given) value = itemOf(positional, index);
      if (place >= 0) {
        value = valueAt(rest, place);
        removeAt(rest, place);
      }
      setVariable(this.arena, scope, a(parameter), value);
      ++index;
    }
    this.bindRest(node, positional, rest, index, scope);
    index = 0;
    for (let parameter: usize = b(node); parameter != 0 && !this.hasFailed; parameter = nextOf(parameter)) {
      const isGiven = index < given || (keywords != 0 && placeOf(keywords, this.nameText(a(parameter))) >= 0);
      if (!isGiven && b(parameter) != 0) {
        setVariable(this.arena, scope, a(parameter), this.evaluate(b(parameter), scope));
      }
      ++index;
    }
  }

  /** Arguments that no parameter is for: for macros that use them. */
  private bindRest(node: usize, positional: usize, rest: usize, used: u32, scope: usize): void {
    if ((detailOf(node) & USES_KWARGS) != 0) {
      setVariable(this.arena, scope, Name.Kwargs, valueOf(values.DICT, rest));
    } else if (sizeOf(rest) > 0) {
      this.fail('a macro is given a named argument that it has no parameter for');
      return;
    }
    if ((detailOf(node) & USES_VARARGS) != 0) {
      const list = newList(this.arena, 0);
      for (let i = used; i < countOf(positional); ++i) push(this.arena, list, itemOf(positional, i));
      setVariable(this.arena, scope, Name.Varargs, valueOf(values.LIST, list));
    } else if (countOf(positional) > used) {
      this.fail('a macro is given more arguments than it has parameters');
    }
  }

  private callBlock(node: usize, scope: usize): void {
    const call: usize = a(node);
    const caller = this.macroValue(node, scope);
    const positional = this.arguments(b(call), scope);
    const keywords = this.namedOnes;
    const inner = newScope(this.arena, scope);
    setVariable(this.arena, inner, Name.Caller, caller);
    if (this.hasFailed) return;
    const value = this.callNode(a(call), positional, keywords, inner);
    if (!this.hasFailed) print(this, value);
  }
}
