import { lowerPoint, writeLower, writeUpper } from './cases';
import { characterBytes, countCharacters, placeOfOffset } from './characters';
import { formatBraces } from './formats';
import { countOf, itemOf } from './lists';
import { Machine } from './machine';
import { Name } from './names';
import { isSpacePoint, skipSpace, skipSpaceBack } from './spaces';
import { partition, split, splitFromRight, splitLines } from './splitting';
import { bytesOf, find, findLast, hasAt, lengthOf } from './texts';
import { padded, joinedBy, replaced, titled } from './text-making';
import { DECODED_CODE_POINT, DECODED_LENGTH_SHIFT, decode } from '../../utf8';
import * as values from './values';
import { NOTHING, Value, booleanValue, cellOf, integerOf, integerValue, isList, kindOf } from './values';

/** The methods of texts: as in @huggingface/jinja where it differs from Python, otherwise Python's. */
export function isTextMethod(name: u32): bool {
  switch (name) {
    case Name.Upper:
    case Name.Lower:
    case Name.Strip:
    case Name.Lstrip:
    case Name.Rstrip:
    case Name.Title:
    case Name.Capitalize:
    case Name.Startswith:
    case Name.Endswith:
    case Name.Split:
    case Name.Rsplit:
    case Name.Splitlines:
    case Name.Partition:
    case Name.Rpartition:
    case Name.Replace:
    case Name.Join:
    case Name.Format:
    case Name.Find:
    case Name.Rfind:
    case Name.Index:
    case Name.Count:
    case Name.Isdigit:
    case Name.Isalpha:
    case Name.Isalnum:
    case Name.Isspace:
    case Name.Isupper:
    case Name.Islower:
    case Name.Removeprefix:
    case Name.Removesuffix:
    case Name.Zfill:
    case Name.Ljust:
    case Name.Rjust:
    case Name.Center:
      return true;
    default:
      return false;
  }
}

export function callTextMethod(machine: Machine, value: Value, name: u32, positional: usize, keywords: usize): Value {
  const text = cellOf(value);
  const length = lengthOf(text);
  const first = countOf(positional) > 0 ? itemOf(positional, 0) : NOTHING;
  machine.spendBytes(length);
  switch (name) {
    case Name.Upper:
    case Name.Lower:
    case Name.Title:
    case Name.Capitalize:
      return withCase(machine, text, name);
    case Name.Strip:
      return stripped(machine, text, first, true, true);
    case Name.Lstrip:
      return stripped(machine, text, first, true, false);
    case Name.Rstrip:
      return stripped(machine, text, first, false, true);
    case Name.Startswith:
    case Name.Endswith:
      return booleanValue(hasEnd(machine, text, first, name));
    case Name.Split:
    case Name.Rsplit: {
      const separator = machine.argument(positional, keywords, 0, Name.Sep);
      const cuts = machine.argument(positional, keywords, 1, Name.Maxsplit);
      const most = kindOf(cuts) == values.INTEGER ? integerOf(cuts) : -1;
      const isFromLeft = name == Name.Split;
      return isFromLeft ? split(machine, text, separator, most) : splitFromRight(machine, text, separator, most);
    }
    case Name.Splitlines:
      return splitLines(machine, text);
    case Name.Replace:
      return replaced(machine, text, positional, keywords);
    case Name.Join:
      return joinedBy(machine, first, value);
    case Name.Format:
      return formatBraces(machine, value, positional, keywords);
    case Name.Isdigit:
    case Name.Isalpha:
    case Name.Isalnum:
    case Name.Isspace:
    case Name.Isupper:
    case Name.Islower:
      return booleanValue(isAll(text, name));
    case Name.Zfill:
    case Name.Ljust:
    case Name.Rjust:
    case Name.Center:
      return padded(machine, text, name, positional);
    default:
  }
  const sought = machine.textArgument(first, name);
  if (sought == 0) return NOTHING;
  const found = name == Name.Rfind ? findLast(text, sought, length) : find(text, sought, 0);
  switch (name) {
    case Name.Index:
      if (found < 0) return machine.fail('a text does not have what its index is asked for');
      return integerValue(placeOfOffset(text, found));
    case Name.Find:
    case Name.Rfind:
      return integerValue(found < 0 ? -1 : placeOfOffset(text, found));
    case Name.Partition:
    case Name.Rpartition:
      return partition(machine, text, first, name == Name.Rpartition);
    case Name.Removeprefix:
      return machine.partOf(text, hasAt(text, sought, 0) ? lengthOf(sought) : 0, length);
    case Name.Removesuffix:
      return machine.partOf(text, 0, length - (endsWith(text, sought) ? lengthOf(sought) : 0));
    default:
      return integerValue(occurrences(machine, text, sought));
  }
}

function withCase(machine: Machine, text: usize, name: u32): Value {
  const output = machine.output;
  const from = output.length;
  machine.spend(lengthOf(text));
  if (name == Name.Lower) {
    writeLower(output, text);
  } else if (name == Name.Title) {
    titled(output, text);
  } else {
    const length = lengthOf(text);
    const upper = name == Name.Upper || length == 0 ? length : characterBytes(text, 0);
    writeUpper(output, text, 0, upper);
    output.writePart(text, upper, length);
  }
  return machine.taken(from);
}

function endsWith(text: usize, end: usize): bool {
  const length = lengthOf(end);
  return length <= lengthOf(text) && hasAt(text, end, lengthOf(text) - length);
}

function hasEnd(machine: Machine, text: usize, sought: Value, name: u32): bool {
  if (isList(sought)) {
    const list = cellOf(sought);
    for (let i: u32 = 0; i < countOf(list) && !machine.hasFailed; ++i) {
      machine.spend(1);
      if (hasEnd(machine, text, itemOf(list, i), name)) return true;
    }
    return false;
  }
  const end = machine.textArgument(sought, name);
  if (end == 0) return false;
  return name == Name.Startswith ? hasAt(text, end, 0) : endsWith(text, end);
}

/**
 * A text without the given characters around it. @huggingface/jinja always strips all white space, even if only some of
 * it is given; of other characters, which it does not support, exactly the given ones are stripped.
 */
export function stripped(machine: Machine, text: usize, characters: Value, left: bool, right: bool): Value {
  const start = bytesOf(text);
  const end = start + lengthOf(text);
  let from = start;
  let to = end;
  const set = kindOf(characters) == values.STRING ? cellOf(characters) : 0;
  if (set != 0 && !isAllSpace(set)) {
    if (left) while (from < to && hasCharacter(set, from, to)) from += decode(from, to) >> DECODED_LENGTH_SHIFT;
    for (let before = lastCharacter(from, to); right && before < to; before = lastCharacter(from, to)) {
      if (!hasCharacter(set, before, to)) break;
      to = before;
    }
  } else {
    if (left) from = skipSpace(from, to);
    if (right) to = skipSpaceBack(from, to);
  }
  return machine.partOf(text, <u32>(from - start), <u32>(to - start));
}

/** Start of the last character. */
function lastCharacter(from: usize, to: usize): usize {
  let at = to;
  while (at > from) {
    --at;
    if ((load<u8>(at) & 0xc0) != 0x80) break;
  }
  return at;
}

function hasCharacter(set: usize, at: usize, end: usize): bool {
  const point = decode(at, end) & DECODED_CODE_POINT;
  const last = bytesOf(set) + lengthOf(set);
  for (let place = bytesOf(set); place < last;) {
    const decoded = decode(place, last);
    if ((decoded & DECODED_CODE_POINT) == point) return true;
    place += decoded >> DECODED_LENGTH_SHIFT;
  }
  return false;
}

function isAllSpace(text: usize): bool {
  const end = bytesOf(text) + lengthOf(text);
  return skipSpace(bytesOf(text), end) == end;
}

/** Whether a text has characters, and all are of one kind: letters beyond ASCII are known by having a case. */
function isAll(text: usize, name: u32): bool {
  const end = bytesOf(text) + lengthOf(text);
  let isCased = false;
  for (let at = bytesOf(text); at < end;) {
    const decoded = decode(at, end);
    const point = decoded & DECODED_CODE_POINT;
    at += decoded >> DECODED_LENGTH_SHIFT;
    const isDigit = point - 0x30 < 10;
    const isLetter = (point | 0x20) - 0x61 < 26 || (point >= 0xaa && !isSpacePoint(point));
    const isSmall = lowerPoint(point) == point;
    if (name == Name.Isdigit && !isDigit) return false;
    if (name == Name.Isalpha && !isLetter) return false;
    if (name == Name.Isalnum && !isLetter && !isDigit) return false;
    if (name == Name.Isspace && !isSpacePoint(point)) return false;
    if (name == Name.Isupper && isLetter && isSmall) return false;
    if (name == Name.Islower && isLetter && !isSmall) return false;
    isCased = isCased || isLetter;
  }
  return lengthOf(text) > 0 && (isCased || (name != Name.Isupper && name != Name.Islower));
}

function occurrences(machine: Machine, text: usize, sought: usize): u32 {
  if (lengthOf(sought) == 0) return countCharacters(text) + 1;
  let count: u32 = 0;
  for (let at = find(text, sought, 0); at >= 0 && !machine.hasFailed; at = find(text, sought, at + lengthOf(sought))) {
    machine.spend(1);
    ++count;
  }
  return count;
}
