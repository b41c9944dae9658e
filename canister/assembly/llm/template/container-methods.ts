import { compare, isSame } from './comparisons';
import { addKey, keyAt, newDictionary, placeOf, removeAt, setKey, sizeOf, valueAt } from './dictionaries';
import { nameOfKind } from './kinds';
import { countOf, itemAt, itemOf, newList, push, setItem, shorten } from './lists';
import { Machine } from './machine';
import { Name } from './names';
import * as values from './values';
import {
  NOTHING,
  NULL,
  Value,
  cellOf,
  integerOf,
  integerValue,
  isList,
  isTrue,
  kindOf,
  madeOf,
  valueOf,
} from './values';

/** The methods of lists and dictionaries, as Python has them. */

export function isListMethod(name: u32): bool {
  switch (name) {
    case Name.Append:
    case Name.Extend:
    case Name.Insert:
    case Name.Pop:
    case Name.Clear:
    case Name.Copy:
    case Name.Index:
    case Name.Count:
      return true;
    default:
      return false;
  }
}

export function callListMethod(machine: Machine, value: Value, name: u32, positional: usize): Value {
  const list = cellOf(value);
  const arena = machine.arena;
  const first = countOf(positional) > 0 ? itemOf(positional, 0) : NOTHING;
  const count = countOf(list);
  machine.spend(name == Name.Append ? 1 : count + 1);
  switch (name) {
    case Name.Append:
      push(arena, list, first);
      return NULL;
    case Name.Extend: {
      const items = listOf(machine, first);
      if (machine.hasFailed) return NOTHING;
      // A list may be made longer by itself.
      const more = countOf(items);
      machine.spend(more);
      for (let i: u32 = 0; i < more; ++i) push(arena, list, itemOf(items, i));
      return NULL;
    }
    case Name.Insert: {
      const place = kindOf(first) == values.INTEGER ? integerOf(first) : 0;
      const at = <u32>max<i64>(0, min<i64>(count, place < 0 ? place + count : place));
      push(arena, list, NOTHING);
      if (countOf(list) == count) return NULL;
      for (let i = count; i > at; --i) setItem(list, i, itemOf(list, i - 1));
      setItem(list, at, countOf(positional) > 1 ? itemOf(positional, 1) : NOTHING);
      return NULL;
    }
    case Name.Pop: {
      const place = kindOf(first) == values.INTEGER ? integerOf(first) : -1;
      const at = place < 0 ? place + count : place;
      if (at < 0 || at >= <i64>count) return machine.fail('"pop" finds no item there');
      const item = itemOf(list, <u32>at);
      for (let i = <u32>at; i + 1 < count; ++i) setItem(list, i, itemOf(list, i + 1));
      shorten(list, count - 1);
      return item;
    }
    case Name.Clear:
      shorten(list, 0);
      return NULL;
    case Name.Copy:
      return copied(machine, value);
    default:
  }
  let found: u32 = 0;
  for (let i: u32 = 0; i < count; ++i) {
    if (!isSame(itemOf(list, i), first)) continue;
    if (name == Name.Index) return integerValue(i);
    ++found;
  }
  return name == Name.Count ? integerValue(found) : machine.fail('a list does not have what its index is asked for');
}

/** A list with the items of another. */
export function copied(machine: Machine, value: Value): Value {
  const list = cellOf(value);
  const count = countOf(list);
  machine.spend(count);
  const copy = newList(machine.arena, count);
  for (let i: u32 = 0; i < count; ++i) push(machine.arena, copy, itemOf(list, i));
  return madeOf(valueOf(values.LIST, copy), value);
}

/**
 * The items that a loop visits: a list's items, a dictionary's keys, a text's characters; none for null or undefined.
 */
export function listOf(machine: Machine, value: Value): usize {
  if (isList(value)) return cellOf(value);
  switch (kindOf(value)) {
    case values.UNDEFINED:
      return newList(machine.arena, 0);
    case values.DICT:
      return cellOf(keysOf(machine, value));
    case values.STRING:
      return charactersOf(machine, cellOf(value));
    default:
      machine.fail(`${nameOfKind(value)} cannot be gone through`);
      return newList(machine.arena, 0);
  }
}

function charactersOf(machine: Machine, text: usize): usize {
  const list = newList(machine.arena, 0);
  const length = load<u32>(text, 4);
  for (let at: u32 = 0; at < length && !machine.hasFailed;) {
    machine.spend(1);
    let to = at + 1;
    while (to < length && (load<u8>(load<u32>(text) + to) & 0xc0) == 0x80) ++to;
    push(machine.arena, list, machine.partOf(text, at, to));
    at = to;
  }
  return list;
}

export function isDictionaryMethod(name: u32): bool {
  switch (name) {
    case Name.Get:
    case Name.Items:
    case Name.Keys:
    case Name.Values:
    case Name.Pop:
    case Name.Update:
    case Name.Setdefault:
    case Name.Copy:
    case Name.Dictsort:
      return true;
    default:
      return false;
  }
}

export function callDictionaryMethod(
  machine: Machine,
  value: Value,
  name: u32,
  positional: usize,
  keywords: usize,
): Value {
  const dictionary = cellOf(value);
  const arena = machine.arena;
  const first = countOf(positional) > 0 ? itemOf(positional, 0) : NOTHING;
  machine.spend((sizeOf(dictionary) >> 2) + 1);
  switch (name) {
    case Name.Items:
      return itemsOf(machine, value);
    case Name.Keys:
      return keysOf(machine, value);
    case Name.Values:
      return valuesOf(machine, value);
    case Name.Dictsort:
      return sortedItems(machine, value, positional, keywords);
    case Name.Copy:
      return valueOf(values.DICT, copyOf(machine, dictionary));
    case Name.Update:
      if (kindOf(first) == values.DICT) copyInto(machine, cellOf(first), dictionary);
      if (keywords != 0) copyInto(machine, keywords, dictionary);
      return NULL;
    default:
  }
  const place = placeOf(dictionary, first);
  const second = countOf(positional) > 1 ? itemOf(positional, 1) : NULL;
  if (name == Name.Setdefault && place < 0) setKey(arena, dictionary, first, second);
  if (place < 0) {
    const isMissing = name == Name.Pop && countOf(positional) < 2;
    return isMissing ? machine.fail('"pop" finds no such key') : second;
  }
  const found = valueAt(dictionary, place);
  if (name == Name.Pop) removeAt(dictionary, place);
  return found;
}

/** A dictionary with the members of another. */
export function copyOf(machine: Machine, dictionary: usize): usize {
  const copy = newDictionary(machine.arena);
  copyInto(machine, dictionary, copy);
  return copy;
}

function copyInto(machine: Machine, from: usize, to: usize): void {
  const isEmpty = sizeOf(to) == 0;
  for (let i: u32 = 0; i < sizeOf(from) && !machine.hasFailed; ++i) {
    machine.spend((sizeOf(to) >> 2) + 1);
    if (isEmpty) addKey(machine.arena, to, keyAt(from, i), valueAt(from, i));
    else setKey(machine.arena, to, keyAt(from, i), valueAt(from, i));
  }
}

function keysOf(machine: Machine, value: Value): Value {
  const dictionary = cellOf(value);
  const count = sizeOf(dictionary);
  machine.spend(count);
  const list = newList(machine.arena, count);
  for (let i: u32 = 0; i < count; ++i) push(machine.arena, list, keyAt(dictionary, i));
  return madeOf(valueOf(values.LIST, list), value);
}

function valuesOf(machine: Machine, value: Value): Value {
  const dictionary = cellOf(value);
  const count = sizeOf(dictionary);
  machine.spend(count);
  const list = newList(machine.arena, count);
  for (let i: u32 = 0; i < count; ++i) push(machine.arena, list, valueAt(dictionary, i));
  return madeOf(valueOf(values.LIST, list), value);
}

/** A dictionary's keys and values, each pair a list. */
export function itemsOf(machine: Machine, value: Value): Value {
  const dictionary = cellOf(value);
  const arena = machine.arena;
  const count = sizeOf(dictionary);
  machine.spend(count << 1);
  const list = newList(arena, count);
  for (let i: u32 = 0; i < count; ++i) {
    const pair = newList(arena, 2);
    push(arena, pair, keyAt(dictionary, i));
    push(arena, pair, valueAt(dictionary, i));
    push(arena, list, madeOf(valueOf(values.LIST, pair), value));
  }
  return madeOf(valueOf(values.LIST, list), value);
}

/** The pairs of a dictionary in the order of their keys or values. */
export function sortedItems(machine: Machine, value: Value, positional: usize, keywords: usize): Value {
  const isCaseSensitive = isTrueBoolean(machine.argument(positional, keywords, 0, Name.CaseSensitive));
  const by = machine.argument(positional, keywords, 1, Name.By);
  const isReversed = isTrueBoolean(machine.argument(positional, keywords, 2, Name.Reverse));
  const isByValue = kindOf(by) == values.STRING && isSame(by, machine.nameText(Name.Value));
  const pairs = itemsOf(machine, value);
  const place = isByValue ? 1 : 0;
  const keys = newList(machine.arena, sizeOf(cellOf(value)));
  for (let i: u32 = 0; i < countOf(cellOf(pairs)); ++i) {
    push(machine.arena, keys, itemAt(cellOf(itemOf(cellOf(pairs), i)), place));
  }
  return madeOf(sorted(machine, cellOf(pairs), keys, isCaseSensitive, isReversed), value);
}

export function isTrueBoolean(value: Value): bool {
  return kindOf(value) == values.BOOLEAN && isTrue(value);
}

/** The items of a list in the order of their keys; equal ones keep their order (binary insertion sort). */
export function sorted(machine: Machine, list: usize, keys: usize, isCaseSensitive: bool, isReversed: bool): Value {
  const arena = machine.arena;
  const count = countOf(list);
  const places = newList(arena, count);
  for (let i: u32 = 0; i < count && !machine.hasFailed; ++i) {
    let low: u32 = 0;
    let high = i;
    while (low < high && !machine.hasFailed) {
      const middle = (low + high) >>> 1;
      const other = itemOf(keys, <u32>itemOf(places, middle));
      const order = compare(machine, itemOf(keys, i), other, isCaseSensitive);
      machine.spend(1);
      if (isReversed ? order > 0 : order < 0) high = middle;
      else low = middle + 1;
    }
    push(arena, places, i);
    if (countOf(places) != i + 1) break;
    machine.spend(((i - low) >> 2) + 1);
    for (let at = i; at > low; --at) setItem(places, at, itemOf(places, at - 1));
    setItem(places, low, i);
  }
  const result = newList(arena, count);
  const made = min(count, countOf(places));
  for (let i: u32 = 0; i < made; ++i) push(arena, result, itemOf(list, <u32>itemOf(places, i)));
  return valueOf(values.LIST, result);
}
