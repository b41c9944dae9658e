import { compare, equals, isNumeric, isSame, numeric } from './comparisons';
import { placeOf } from './dictionaries';
import { formatPercent } from './formats';
import { nameOfKind } from './kinds';
import { countOf, itemOf, newList, push } from './lists';
import { Machine } from './machine';
import { Operator } from './nodes';
import { floatValue, isNumber, wholeValue } from './numbers';
import { writePlain } from './printing';
import { find, joined, lengthOf } from './texts';
import * as values from './values';
import { NOTHING, Value, booleanValue, cellOf, hasMembers, isList, kindOf, madeOf, valueOf } from './values';

/** The binary operators: as in @huggingface/jinja, or in Python's Jinja for values that the former refuses. */
export function operate(machine: Machine, operator: Operator, left: Value, right: Value): Value {
  machine.spend(1);
  switch (operator) {
    case Operator.Equal:
      return booleanValue(equals(machine, left, right));
    case Operator.Unequal:
      return booleanValue(!equals(machine, left, right));
    case Operator.Less:
      return booleanValue(compare(machine, left, right, true) < 0);
    case Operator.Greater:
      return booleanValue(compare(machine, left, right, true) > 0);
    case Operator.AtMost:
      return booleanValue(compare(machine, left, right, true) <= 0);
    case Operator.AtLeast:
      return booleanValue(compare(machine, left, right, true) >= 0);
    case Operator.In:
      return booleanValue(contains(machine, right, left));
    case Operator.NotIn:
      return booleanValue(!contains(machine, right, left));
    case Operator.Concatenate:
      return concatenated(machine, left, right);
    case Operator.Add:
      return sum(machine, left, right);
    case Operator.Multiply:
      if (kindOf(left) == values.STRING || isList(left)) return repeated(machine, left, right);
      break;
    case Operator.Remainder:
      if (kindOf(left) == values.STRING) return formatPercent(machine, left, right);
      break;
    default:
  }
  return calculated(machine, operator, left, right);
}

function refuse(machine: Machine, operator: string, left: Value, right: Value): Value {
  return machine.fail(`"${operator}" does not go with ${nameOfKind(left)} and ${nameOfKind(right)}`);
}

function isNothing(value: Value): bool {
  const kind = kindOf(value);
  return kind == values.UNDEFINED || kind == values.NONE;
}

/** Whether a list, text or dictionary has something in it. */
export function contains(machine: Machine, whole: Value, sought: Value): bool {
  if (isList(whole)) {
    const list = cellOf(whole);
    machine.spend(countOf(list));
    for (let i: u32 = 0; i < countOf(list); ++i) if (isSame(itemOf(list, i), sought)) return true;
    return false;
  }
  if (kindOf(whole) == values.UNDEFINED) return false;
  if (kindOf(whole) == values.STRING && kindOf(sought) == values.STRING) {
    machine.spendBytes(lengthOf(cellOf(whole)) << 2);
    return find(cellOf(whole), cellOf(sought), 0) >= 0;
  }
  if (hasMembers(whole)) {
    machine.spend(load<u32>(cellOf(whole)));
    return placeOf(cellOf(whole), sought) >= 0;
  }
  refuse(machine, 'in', sought, whole);
  return false;
}

/** Writes a value into a text as "~" and "+" do; of nothing and none, nothing. */
function writeConcatenated(machine: Machine, value: Value): void {
  if (!isNothing(value)) writePlain(machine, value);
}

function concatenated(machine: Machine, left: Value, right: Value): Value {
  if (kindOf(left) == values.STRING && kindOf(right) == values.STRING) return joinedTexts(machine, left, right);
  const from = machine.output.length;
  writeConcatenated(machine, left);
  writeConcatenated(machine, right);
  return machine.taken(from);
}

function joinedTexts(machine: Machine, left: Value, right: Value): Value {
  machine.spendBytes(lengthOf(cellOf(left)) + lengthOf(cellOf(right)));
  return valueOf(values.STRING, joined(machine.arena, cellOf(left), cellOf(right)));
}

function sum(machine: Machine, left: Value, right: Value): Value {
  const a = kindOf(left);
  const b = kindOf(right);
  if (a == values.STRING && b == values.STRING) return joinedTexts(machine, left, right);
  if (isList(left) && isList(right)) return joinedLists(machine, left, right);
  if (a != values.STRING && b != values.STRING) return calculated(machine, Operator.Add, left, right);
  return concatenated(machine, left, right);
}

function joinedLists(machine: Machine, left: Value, right: Value): Value {
  const arena = machine.arena;
  const a = cellOf(left);
  const b = cellOf(right);
  machine.spend(countOf(a) + countOf(b));
  const list = newList(arena, countOf(a) + countOf(b));
  for (let i: u32 = 0; i < countOf(a); ++i) push(arena, list, itemOf(a, i));
  for (let i: u32 = 0; i < countOf(b); ++i) push(arena, list, itemOf(b, i));
  return madeOf(madeOf(valueOf(values.LIST, list), left), right);
}

/** A text or list so many times. */
function repeated(machine: Machine, value: Value, times: Value): Value {
  if (kindOf(times) != values.INTEGER) return refuse(machine, '*', value, times);
  const count = values.integerOf(times);
  if (isList(value)) {
    let whole = valueOf(values.LIST, newList(machine.arena, 0));
    for (let i: i64 = 0; i < count && !machine.hasFailed; ++i) whole = joinedLists(machine, whole, value);
    return whole;
  }
  const from = machine.output.length;
  const length = lengthOf(cellOf(value));
  for (let i: i64 = 0; i < count && length > 0 && !machine.hasFailed; ++i) {
    machine.spendBytes(length);
    machine.output.writeText(cellOf(value));
  }
  return machine.taken(from);
}

const SIGNS: string[] = ['+', '-', '~', '*', '/', '//', '%', '**'];

function calculated(machine: Machine, operator: Operator, left: Value, right: Value): Value {
  if (!isNumeric(left) || !isNumeric(right)) return refuse(machine, SIGNS[operator], left, right);
  const a = numeric(left);
  const b = numeric(right);
  const isWhole = kindOf(left) != values.FLOAT && kindOf(right) != values.FLOAT;
  let result: f64 = 0;
  let isFloat = !isWhole;
  switch (operator) {
    case Operator.Add:
      result = a + b;
      break;
    case Operator.Subtract:
      result = a - b;
      break;
    case Operator.Multiply:
      result = a * b;
      break;
    case Operator.Power:
      result = isWhole && b >= 0 && b < 1100 ? wholePower(a, b) : Math.pow(a, b);
      isFloat = isFloat || b < 0;
      break;
    default:
      if (b == 0) return machine.fail('a number is divided by 0');
      if (operator == Operator.Remainder) {
        result = isWhole ? <f64>(<i64>a % <i64>b) : a % b;
      } else {
        result = operator == Operator.FloorDivide ? Math.floor(a / b) : a / b;
        isFloat = isFloat || operator == Operator.Divide;
      }
  }
  if (!isFinite(result)) return machine.fail('a number is too large');
  const value = isFloat ? floatValue(machine.arena, result) : wholeValue(machine.arena, result);
  return madeOf(madeOf(value, left), right);
}

/** Exact as long as integers are. */
function wholePower(base: f64, exponent: f64): f64 {
  let power: f64 = 1;
  for (let i: f64 = 0; i < exponent; ++i) power *= base;
  return power;
}

/** The value with a sign applied. */
export function signed(machine: Machine, value: Value, isNegative: bool): Value {
  if (!isNumber(value) && kindOf(value) != values.BOOLEAN) {
    machine.fail(`${nameOfKind(value)} has no sign`);
    return NOTHING;
  }
  const number = isNegative ? -numeric(value) : numeric(value);
  const result = kindOf(value) == values.FLOAT ? floatValue(machine.arena, number) : wholeValue(machine.arena, number);
  return madeOf(result, value);
}
