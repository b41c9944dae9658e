import { indented, joinedBy, replaced } from './text-making';
import { countUnits } from './characters';
import { itemsOf, isTrueBoolean, listOf } from './container-methods';
import { sizeOf } from './dictionaries';
import { formatPercent } from './formats';
import { writeJson } from './json';
import { isTruthy, nameOfKind } from './kinds';
import { filterList } from './list-filters';
import { countOf, itemOf, newList, push } from './lists';
import { Machine } from './machine';
import { Name } from './names';
import { hasMethod } from './members';
import { floatValue, isNumber, numberOf, readNumber, wholeValue } from './numbers';
import { print, show } from './printing';
import { writeRepresentation } from './representation';
import { skipSpace } from './spaces';
import { callTextMethod, isTextMethod, stripped } from './text-methods';
import { bytesOf, lengthOf } from './texts';
import * as values from './values';
import {
  NOTHING,
  Value,
  booleanValue,
  cellOf,
  hasMembers,
  integerValue,
  isList,
  isTrue,
  kindOf,
  madeOf,
  valueOf,
} from './values';

/** Filters, which follow "|": those of @huggingface/jinja, and others as in Python's Jinja. */
export function applyFilter(machine: Machine, value: Value, name: u32, positional: usize, keywords: usize): Value {
  const kind = kindOf(value);
  machine.spend(1);
  switch (name) {
    case Name.Safe:
      return value;
    case Name.Tojson:
      return toJson(machine, value, positional, keywords);
    case Name.Default:
    case Name.D:
      return orDefault(machine, value, positional, keywords);
    case Name.Length:
    case Name.Count:
      return lengthOfValue(machine, value);
    case Name.String:
      return toText(machine, value);
    case Name.Join:
      return join(machine, value, positional, keywords);
    case Name.Int:
    case Name.Float:
      return toNumber(machine, value, name == Name.Int, machine.argument(positional, keywords, 0, Name.Default));
    case Name.Abs:
    case Name.Round:
      return calculatedBy(machine, value, name, positional);
    case Name.Bool:
      return booleanValue(isTruthy(value));
    case Name.Items:
      if (kind == values.DICT) return itemsOf(machine, value);
      return kind == values.UNDEFINED || kind == values.NONE
        ? valueOf(values.LIST, newList(machine.arena, 0))
        : refuse(machine, name, value);
    case Name.Format:
      return formatPercent(machine, value, valueOf(values.TUPLE, positional));
    case Name.E:
    case Name.Escape:
      return escaped(machine, value);
    default:
  }
  if (kind == values.STRING && !isListFilter(name)) return filterText(machine, value, name, positional, keywords);
  if (!isTextFilter(name) || hasMember(value, name)) return filterList(machine, value, name, positional, keywords);
  // Filters of texts convert other values to texts first, as in Python.
  const from = machine.output.length;
  if (isList(value) || hasMembers(value) || kind == values.NONE) writeRepresentation(machine, value, 0);
  else print(machine, value);
  const text = machine.taken(from);
  return machine.hasFailed ? NOTHING : filterText(machine, text, name, positional, keywords);
}

function isTextFilter(name: u32): bool {
  switch (name) {
    case Name.Trim:
    case Name.Indent:
    case Name.Wordcount:
      return true;
    default:
      return isTextMethod(name);
  }
}

/** Whether the value has a method of this name. */
function hasMember(value: Value, name: u32): bool {
  return kindOf(value) != values.STRING && hasMethod(value, name);
}

/** Filters that treat a text as a list of characters. */
function isListFilter(name: u32): bool {
  switch (name) {
    case Name.First:
    case Name.Last:
    case Name.List:
    case Name.Sort:
    case Name.Unique:
    case Name.Map:
    case Name.Select:
    case Name.Reject:
    case Name.Max:
    case Name.Min:
      return true;
    default:
      return false;
  }
}

function refuse(machine: Machine, name: u32, value: Value): Value {
  return machine.fail(`the filter "${machine.shownName(name)}" does not go with ${nameOfKind(value)}`);
}

function orDefault(machine: Machine, value: Value, positional: usize, keywords: usize): Value {
  const other = machine.argument(positional, keywords, 0, Name.DefaultValue);
  const alsoFalse = isTrueBoolean(machine.argument(positional, keywords, 1, Name.Boolean));
  const isTaken = kindOf(value) == values.UNDEFINED || (alsoFalse && !isTruthy(value));
  if (!isTaken) return value;
  const isGiven = countOf(positional) > 0 || other != NOTHING;
  return isGiven ? other : machine.emptyText();
}

function lengthOfValue(machine: Machine, value: Value): Value {
  if (isList(value)) return integerValue(countOf(cellOf(value)));
  if (hasMembers(value)) return integerValue(sizeOf(cellOf(value)));
  if (kindOf(value) == values.UNDEFINED) return integerValue(0);
  if (kindOf(value) != values.STRING) return refuse(machine, Name.Length, value);
  machine.spendBytes(lengthOf(cellOf(value)));
  return madeOf(integerValue(countUnits(cellOf(value))), value);
}

function toText(machine: Machine, value: Value): Value {
  const kind = kindOf(value);
  if (kind == values.STRING) return value;
  const from = machine.output.length;
  // @huggingface/jinja converts none of these to text; Python shows their representation.
  if (kind == values.NONE || kind == values.DICT) writeRepresentation(machine, value, 0);
  else if (kind != values.UNDEFINED) show(machine, value);
  return machine.taken(from);
}

function join(machine: Machine, value: Value, positional: usize, keywords: usize): Value {
  let separator = machine.argument(positional, keywords, 0, Name.Separator);
  if (separator == NOTHING) separator = machine.argument(positional, keywords, 0, Name.D);
  if (separator == NOTHING) {
    if (kindOf(value) == values.STRING) return value;
    separator = machine.emptyText();
  }
  const attribute = machine.argument(positional, keywords, 1, Name.Attribute);
  let items = value;
  if (attribute != NOTHING) {
    const named = newList(machine.arena, 1);
    push(machine.arena, named, attribute);
    items = machine.filtered(value, Name.Map, named, keywords);
  } else if (kindOf(value) != values.STRING) {
    items = madeOf(valueOf(values.LIST, listOf(machine, value)), value);
  }
  return machine.hasFailed ? NOTHING : joinedBy(machine, items, separator);
}

/** A number at the beginning of a text, the number itself, or a value's numeric equivalent. */
function toNumber(machine: Machine, value: Value, isInt: bool, other: Value): Value {
  if (isNumber(value)) {
    const number = numberOf(value);
    if (isInt) return madeOf(wholeValue(machine.arena, Math.floor(number)), value);
    return madeOf(kindOf(value) == values.FLOAT ? value : floatValue(machine.arena, number), value);
  }
  if (kindOf(value) == values.BOOLEAN) {
    const truth = i64(isTrue(value));
    return isInt ? integerValue(truth) : floatValue(machine.arena, <f64>truth);
  }
  const otherwise = other != NOTHING ? other : isInt ? integerValue(0) : floatValue(machine.arena, 0);
  if (kindOf(value) != values.STRING) return otherwise;
  const text = cellOf(value);
  const end = bytesOf(text) + lengthOf(text);
  machine.spendBytes(lengthOf(text));
  const start = skipSpace(bytesOf(text), end);
  const to = numberEnd(start, end, !isInt);
  if (to == start) return otherwise;
  const from = load<u8>(start) == 0x2b ? start + 1 : start;
  const number = readNumber(machine.arena, from, <u32>(to - from), !isInt);
  return madeOf(number, value);
}

/** End of the number that begins at `start`; `start` if there is none. */
function numberEnd(start: usize, end: usize, isFloat: bool): usize {
  let at = start;
  if (at < end && (load<u8>(at) == 0x2b || load<u8>(at) == 0x2d)) ++at;
  const digits = at;
  let dots: usize = 0;
  for (; at < end; ++at) {
    const byte: u32 = load<u8>(at);
    if (byte == 0x2e && isFloat && dots == 0) ++dots;
    else if (byte - 0x30 >= 10) break;
  }
  if (at - digits <= dots) return start;
  if (!isFloat || at >= end || (load<u8>(at) | 0x20) != 0x65) return at;
  let exponent = at + 1;
  if (exponent < end && (load<u8>(exponent) == 0x2b || load<u8>(exponent) == 0x2d)) ++exponent;
  const from = exponent;
  while (exponent < end && load<u8>(exponent) - 0x30 < 10) ++exponent;
  return exponent > from ? exponent : at;
}

function calculatedBy(machine: Machine, value: Value, name: u32, positional: usize): Value {
  if (!isNumber(value)) return refuse(machine, name, value);
  const number = numberOf(value);
  let result = abs(number);
  if (name == Name.Round) {
    const places = countOf(positional) > 0 && isNumber(itemOf(positional, 0)) ? numberOf(itemOf(positional, 0)) : 0;
    let power: f64 = 1;
    for (let i: f64 = 0; i < min<f64>(22, abs(places)); ++i) power *= 10;
    result = places < 0 ? nearest(number / power) * power : nearest(number * power) / power;
    return madeOf(floatValue(machine.arena, result), value);
  }
  const isFloat = kindOf(value) == values.FLOAT;
  return madeOf(isFloat ? floatValue(machine.arena, result) : wholeValue(machine.arena, result), value);
}

function toJson(machine: Machine, value: Value, positional: usize, keywords: usize): Value {
  const none = newList(machine.arena, 0);
  const indent = machine.argument(none, keywords, 0, Name.Indent);
  const separators = machine.argument(none, keywords, 0, Name.Separators);
  const form = machine.json;
  form.reset();
  if (kindOf(indent) == values.INTEGER) form.indent = <u32>max<i64>(0, min<i64>(1000, values.integerOf(indent)));
  form.escapesAll = isTrueBoolean(machine.argument(none, keywords, 0, Name.EnsureAscii));
  form.sortsKeys = isTrueBoolean(machine.argument(none, keywords, 0, Name.SortKeys));
  if (isList(separators)) {
    const list = cellOf(separators);
    const isPair = countOf(list) == 2;
    if (!isPair || kindOf(itemOf(list, 0)) != values.STRING || kindOf(itemOf(list, 1)) != values.STRING) {
      return machine.fail('the separators of JSON are two texts');
    }
    form.between = cellOf(itemOf(list, 0));
    form.behindKey = cellOf(itemOf(list, 1));
  }
  const from = machine.output.length;
  writeJson(machine, value, 0);
  return machine.taken(from);
}

function filterText(machine: Machine, value: Value, name: u32, positional: usize, keywords: usize): Value {
  const text = cellOf(value);
  switch (name) {
    case Name.Trim:
      return stripped(machine, text, countOf(positional) > 0 ? itemOf(positional, 0) : NOTHING, true, true);
    case Name.Indent: {
      const width = machine.argument(positional, keywords, 0, Name.Width);
      const first = machine.argument(positional, keywords, 1, Name.First);
      return indented(machine, text, width, first, machine.argument(positional, keywords, 2, Name.Blank));
    }
    case Name.Replace:
      return replaced(machine, text, positional, keywords);
    case Name.Reverse:
      return reversedText(machine, value);
    case Name.Wordcount:
      return integerValue(countOf(cellOf(callTextMethod(machine, value, Name.Split, newList(machine.arena, 0), 0))));
    default:
      return isTextMethod(name)
        ? callTextMethod(machine, value, name, positional, keywords)
        : refuse(machine, name, value);
  }
}

function reversedText(machine: Machine, value: Value): Value {
  const list = listOf(machine, value);
  const from = machine.output.length;
  for (let i = countOf(list); i > 0; --i) machine.output.writeText(cellOf(itemOf(list, i - 1)));
  return machine.taken(from);
}

/** A text that HTML shows as it is. */
function escaped(machine: Machine, value: Value): Value {
  const text = cellOf(toText(machine, value));
  const output = machine.output;
  const begun = output.length;
  const length = lengthOf(text);
  machine.spendBytes(length);
  let from: u32 = 0;
  for (let at: u32 = 0; at < length && !output.isFull; ++at) {
    const byte: u32 = load<u8>(bytesOf(text) + at);
    const word = htmlOf(byte);
    if (word.length == 0) continue;
    output.writePart(text, from, at);
    output.writeWord(word, true);
    from = at + 1;
  }
  output.writePart(text, from, length);
  return machine.taken(begun);
}

function htmlOf(byte: u32): string {
  if (byte == 0x26) return '&amp;';
  if (byte == 0x3c) return '&lt;';
  if (byte == 0x3e) return '&gt;';
  if (byte == 0x22) return '&#34;';
  return byte == 0x27 ? '&#39;' : '';
}
