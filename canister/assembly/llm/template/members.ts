import { characterBytes, countCharacters, countUnits, offsetOf } from './characters';
import { callDictionaryMethod, callListMethod, isDictionaryMethod, isListMethod } from './container-methods';
import { sizeOf, valueOfKey } from './dictionaries';
import { nameOfKind } from './kinds';
import { countOf, itemAt, itemOf, newList, push } from './lists';
import { cycled, loopMember, method } from './loops';
import { Machine } from './machine';
import { Name } from './names';
import { callTextMethod, isTextMethod } from './text-methods';
import { lengthOf } from './texts';
import * as values from './values';
import { NOTHING, Value, cellOf, hasMembers, integerOf, integerValue, isList, kindOf, madeOf, valueOf } from './values';

/** Access with a dot or brackets. A dictionary's own members come before its methods. */

/** A member by its name; NOTHING if missing. */
export function memberOf(machine: Machine, value: Value, name: u32): Value {
  if (hasMembers(value)) {
    machine.spend((sizeOf(cellOf(value)) >> 2) + 1);
    const found = valueOfKey(cellOf(value), machine.nameText(name));
    if (found != NOTHING || !hasMethod(value, name)) return found;
    return method(machine.arena, name, value);
  }
  if (kindOf(value) == values.LOOP) return loopMember(machine, cellOf(value), name);
  if (name == Name.Length) {
    if (isList(value)) return integerValue(countOf(cellOf(value)));
    if (kindOf(value) == values.STRING) return madeOf(integerValue(countUnits(cellOf(value))), value);
  }
  return hasMethod(value, name) ? method(machine.arena, name, value) : NOTHING;
}

export function hasMethod(value: Value, name: u32): bool {
  switch (kindOf(value)) {
    case values.STRING:
      return isTextMethod(name);
    case values.LIST:
    case values.TUPLE:
      return isListMethod(name);
    case values.DICT:
      return isDictionaryMethod(name);
    default:
      return false;
  }
}

/** Calls a method that a value has. */
export function callMethod(machine: Machine, value: Value, name: u32, positional: usize, keywords: usize): Value {
  machine.spend(1);
  switch (kindOf(value)) {
    case values.STRING:
      return callTextMethod(machine, value, name, positional, keywords);
    case values.LOOP:
      return cycled(machine, cellOf(value), positional);
    case values.DICT:
      return callDictionaryMethod(machine, value, name, positional, keywords);
    default:
      return callListMethod(machine, value, name, positional);
  }
}

/** The value at an index, which may be a number or a text. */
export function indexed(machine: Machine, value: Value, index: Value): Value {
  const kind = kindOf(index);
  if (hasMembers(value)) {
    machine.spend((sizeOf(cellOf(value)) >> 2) + 1);
    const found = valueOfKey(cellOf(value), index);
    if (found != NOTHING) return found;
  }
  if (kind == values.STRING) {
    const name = machine.names.find(cellOf(index));
    return name < 0 ? NOTHING : memberOf(machine, value, name);
  }
  if (hasMembers(value) || kindOf(value) == values.UNDEFINED || kind == values.UNDEFINED) return NOTHING;
  if (kind != values.INTEGER) {
    return machine.fail(`${nameOfKind(value)} has nothing at ${nameOfKind(index)}`);
  }
  if (isList(value)) return itemAt(cellOf(value), integerOf(index));
  if (kindOf(value) == values.STRING) return characterAt(machine, cellOf(value), integerOf(index));
  return machine.fail(`${nameOfKind(value)} has nothing at a number`);
}

function characterAt(machine: Machine, text: usize, index: i64): Value {
  machine.spendBytes(lengthOf(text));
  const place = index < 0 ? index + countCharacters(text) : index;
  if (place < 0 || place >= <i64>lengthOf(text)) return NOTHING;
  const offset = offsetOf(text, <u32>place);
  if (offset == lengthOf(text)) return NOTHING;
  return machine.partOf(text, offset, offset + characterBytes(text, offset));
}

/** A part of a list or text; bounds that are not given are nothing. */
export function sliced(machine: Machine, value: Value, from: Value, to: Value, by: Value): Value {
  if (!isList(value) && kindOf(value) != values.STRING) {
    return machine.fail(`${nameOfKind(value)} has no slices`);
  }
  const count: i64 = isList(value) ? countOf(cellOf(value)) : countCharacters(cellOf(value));
  const step = bound(machine, by, 1);
  if (step == 0) return machine.fail('the step of a slice is 0');
  const isForward = step > 0;
  const start = limited(bound(machine, from, isForward ? 0 : count - 1), count, isForward);
  const end = isGiven(to) ? limited(bound(machine, to, 0), count, isForward) : isForward ? count : -1;
  if (machine.hasFailed) return NOTHING;
  machine.spendBytes(<u32>count);
  return isList(value)
    ? listSlice(machine, value, start, end, step)
    : textSlice(machine, cellOf(value), start, end, step);
}

function isGiven(value: Value): bool {
  return kindOf(value) > values.NONE;
}

function bound(machine: Machine, value: Value, otherwise: i64): i64 {
  if (!isGiven(value)) return otherwise;
  if (kindOf(value) != values.INTEGER) machine.fail('the bounds of a slice are integers');
  return integerOf(value);
}

/** A bound within a list: from 0 to its count forwards, from -1 to the last place backwards. */
function limited(place: i64, count: i64, isForward: bool): i64 {
  const at = place < 0 ? place + count : place;
  return isForward ? max<i64>(0, min(at, count)) : max<i64>(-1, min(at, count - 1));
}

function listSlice(machine: Machine, value: Value, start: i64, end: i64, step: i64): Value {
  const list = newList(machine.arena, 0);
  for (let i = start; (step > 0 ? i < end : i > end) && !machine.hasFailed; i += step) {
    machine.spend(1);
    push(machine.arena, list, itemOf(cellOf(value), <u32>i));
  }
  return madeOf(valueOf(values.LIST, list), value);
}

function textSlice(machine: Machine, text: usize, start: i64, end: i64, step: i64): Value {
  if (step == 1) {
    if (start >= end) return machine.emptyText();
    return machine.partOf(text, offsetOf(text, <u32>start), offsetOf(text, <u32>end));
  }
  const from = machine.output.length;
  const count = countCharacters(text);
  if (count == lengthOf(text)) {
    for (let i = start; step > 0 ? i < end : i > end; i += step) machine.output.writePart(text, <u32>i, <u32>i + 1);
    return machine.taken(from);
  }
  // Finding a character of several bytes starts at the beginning each time, and this work is charged.
  for (let i = start; (step > 0 ? i < end : i > end) && !machine.hasFailed; i += step) {
    const offset = offsetOf(text, <u32>i);
    machine.spendBytes(offset);
    machine.output.writePart(text, offset, offset + characterBytes(text, offset));
  }
  return machine.taken(from);
}
