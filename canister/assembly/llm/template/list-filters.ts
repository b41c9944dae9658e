import { isSame, compare } from './comparisons';
import {
  callDictionaryMethod,
  copied,
  isDictionaryMethod,
  isTrueBoolean,
  listOf,
  sorted,
  sortedItems,
} from './container-methods';
import { valueOfKey } from './dictionaries';
import { nameOfKind } from './kinds';
import { countOf, itemAt, itemOf, newList, push } from './lists';
import { Machine } from './machine';
import { Name } from './names';
import { operate } from './operators';
import { Operator } from './nodes';
import { reversed } from './splitting';
import { bytesOf, lengthOf } from './texts';
import { passesNamed } from './tests';
import * as values from './values';
import { NOTHING, Value, cellOf, hasMembers, integerOf, integerValue, isList, kindOf, madeOf, valueOf } from './values';

/** Filters of lists, and of other values with items. */
export function filterList(machine: Machine, value: Value, name: u32, positional: usize, keywords: usize): Value {
  if (kindOf(value) == values.DICT) {
    if (name == Name.Dictsort) return sortedItems(machine, value, positional, keywords);
    if (isDictionaryMethod(name)) return callDictionaryMethod(machine, value, name, positional, keywords);
  }
  if (!isListFilter(name) || !isGoneThrough(value, name)) {
    const filter = machine.shownName(name);
    return machine.fail(`there is no filter "${filter}" of ${nameOfKind(value)}`);
  }
  const list = kindOf(value) == values.NONE ? newList(machine.arena, 0) : listOf(machine, value);
  if (machine.hasFailed) return NOTHING;
  return madeOf(filterItems(machine, value, list, name, positional, keywords), value);
}

/** Whether a value is a list for a filter. None is an empty one for those that choose of it, as in llama.cpp. */
function isGoneThrough(value: Value, name: u32): bool {
  const kind = kindOf(value);
  if (kind == values.NONE) return name == Name.Selectattr || name == Name.Rejectattr;
  return isList(value) || kind == values.UNDEFINED || kind == values.STRING || kind == values.DICT;
}

function isListFilter(name: u32): bool {
  switch (name) {
    case Name.First:
    case Name.Last:
    case Name.List:
    case Name.Reverse:
    case Name.Sort:
    case Name.Unique:
    case Name.Select:
    case Name.Reject:
    case Name.Selectattr:
    case Name.Rejectattr:
    case Name.Map:
    case Name.Sum:
    case Name.Max:
    case Name.Min:
      return true;
    default:
      return false;
  }
}

function filterItems(
  machine: Machine,
  value: Value,
  list: usize,
  name: u32,
  positional: usize,
  keywords: usize,
): Value {
  const count = countOf(list);
  switch (name) {
    case Name.First:
      return itemAt(list, 0);
    case Name.Last:
      return itemAt(list, -1);
    case Name.List:
      return isList(value) ? value : copied(machine, valueOf(values.LIST, list));
    case Name.Reverse:
      return valueOf(values.LIST, reversed(machine, list));
    case Name.Sort: {
      const isReversed = isTrueBoolean(machine.argument(positional, keywords, 0, Name.Reverse));
      const isCaseSensitive = isTrueBoolean(machine.argument(positional, keywords, 1, Name.CaseSensitive));
      const attribute = machine.argument(positional, keywords, 2, Name.Attribute);
      const keys = kindOf(attribute) <= values.NONE ? list : attributesOf(machine, list, attribute, NOTHING);
      return sorted(machine, list, keys, isCaseSensitive, isReversed);
    }
    case Name.Unique:
      return unique(machine, list);
    case Name.Map:
      return mapped(machine, list, positional, keywords);
    case Name.Sum: {
      let total = integerValue(0);
      for (let i: u32 = 0; i < count && !machine.hasFailed; ++i) {
        total = operate(machine, Operator.Add, total, itemOf(list, i));
      }
      return total;
    }
    case Name.Max:
    case Name.Min: {
      let best = itemAt(list, 0);
      for (let i: u32 = 1; i < count && !machine.hasFailed; ++i) {
        const order = compare(machine, itemOf(list, i), best, false);
        machine.spend(1);
        if (name == Name.Max ? order > 0 : order < 0) best = itemOf(list, i);
      }
      return best;
    }
    default:
      return chosen(machine, list, name, positional);
  }
}

function unique(machine: Machine, list: usize): Value {
  const result = newList(machine.arena, 0);
  for (let i: u32 = 0; i < countOf(list) && !machine.hasFailed; ++i) {
    let isKnown = false;
    const item = itemOf(list, i);
    for (let k: u32 = 0; k < countOf(result) && !isKnown; ++k) isKnown = isSame(itemOf(result, k), item);
    machine.spend(countOf(result) + 1);
    if (!isKnown) push(machine.arena, result, item);
  }
  return valueOf(values.LIST, result);
}

/** `select`, `reject`, and both by an attribute. */
function chosen(machine: Machine, list: usize, name: u32, positional: usize): Value {
  const byAttribute = name == Name.Selectattr || name == Name.Rejectattr;
  const keeps = name == Name.Select || name == Name.Selectattr;
  const first: u32 = byAttribute ? 1 : 0;
  const test = itemAt(positional, first);
  const others = newList(machine.arena, 1);
  for (let i = first + 1; i < countOf(positional); ++i) push(machine.arena, others, itemOf(positional, i));
  const result = newList(machine.arena, 0);
  for (let i: u32 = 0; i < countOf(list) && !machine.hasFailed; ++i) {
    machine.spend(1);
    const item = itemOf(list, i);
    let passes: bool;
    if (byAttribute) {
      const attribute = attributeOf(machine, item, itemAt(positional, 0), false);
      // An item without the attribute passes no test, not even `undefined`, as in @huggingface/jinja.
      passes = attribute != NOTHING && passesNamed(machine, attribute, test, others);
    } else {
      passes = passesNamed(machine, item, test, others);
    }
    if (passes == keeps) push(machine.arena, result, item);
  }
  return valueOf(values.LIST, result);
}

/** A list of each item's attribute, or of a filter's result for it. */
function mapped(machine: Machine, list: usize, positional: usize, keywords: usize): Value {
  const none = newList(machine.arena, 0);
  const attribute = machine.argument(none, keywords, 0, Name.Attribute);
  if (attribute != NOTHING) {
    const otherwise = machine.argument(none, keywords, 0, Name.Default);
    return valueOf(values.LIST, attributesOf(machine, list, attribute, otherwise));
  }
  const filter = machine.textArgument(itemAt(positional, 0), Name.Map);
  const name = filter == 0 ? -1 : machine.names.find(filter);
  if (name < 0) return machine.fail('"map" needs an attribute or a filter');
  const others = newList(machine.arena, 1);
  for (let i: u32 = 1; i < countOf(positional); ++i) push(machine.arena, others, itemOf(positional, i));
  const result = newList(machine.arena, countOf(list));
  for (let i: u32 = 0; i < countOf(list) && !machine.hasFailed; ++i) {
    push(machine.arena, result, machine.filtered(itemOf(list, i), name, others, keywords));
  }
  return valueOf(values.LIST, result);
}

function attributesOf(machine: Machine, list: usize, attribute: Value, otherwise: Value): usize {
  const result = newList(machine.arena, countOf(list));
  for (let i: u32 = 0; i < countOf(list) && !machine.hasFailed; ++i) {
    machine.spend(1);
    const value = attributeOf(machine, itemOf(list, i), attribute, true);
    push(machine.arena, result, value == NOTHING ? otherwise : value);
  }
  return result;
}

/** The attribute of a value, or a nested one by a path of names and indices with dots between them. */
function attributeOf(machine: Machine, value: Value, attribute: Value, isPath: bool): Value {
  if (kindOf(attribute) == values.INTEGER) {
    return isList(value) ? itemAt(cellOf(value), integerOf(attribute)) : NOTHING;
  }
  const text = machine.textArgument(attribute, Name.Attribute);
  if (text == 0) return NOTHING;
  let found = value;
  let from: u32 = 0;
  while (from <= lengthOf(text) && !machine.hasFailed) {
    let to = from;
    while (to < lengthOf(text) && !(isPath && load<u8>(bytesOf(text) + to) == 0x2e)) ++to;
    machine.spend(1);
    if (hasMembers(found)) found = valueOfKey(cellOf(found), machine.partOf(text, from, to));
    else if (isList(found)) found = placeIn(cellOf(found), text, from, to);
    else return NOTHING;
    from = to + 1;
  }
  return found;
}

/** The item of a list at a place that is written in a text. */
function placeIn(list: usize, text: usize, from: u32, to: u32): Value {
  let place: i64 = 0;
  for (let at = from; at < to; ++at) {
    const digit: u32 = load<u8>(bytesOf(text) + at) - 0x30;
    if (digit > 9) return NOTHING;
    place = min<i64>(1 << 32, place * 10 + digit);
  }
  return from == to ? NOTHING : itemAt(list, place);
}
