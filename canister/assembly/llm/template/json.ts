import { DECODED_CODE_POINT, DECODED_LENGTH_SHIFT, decode } from '../../utf8';
import { keyAt, sizeOf, valueAt } from './dictionaries';
import { countOf, itemOf } from './lists';
import { Machine } from './machine';
import { numberOf, stepsOfNumber, writeNumber } from './numbers';
import { bytesOf, compareTexts, isTemplateAt, lengthOf } from './texts';
import * as values from './values';
import { Value, cellOf, isData, isList, isTrue, kindOf } from './values';

/** Lists and dictionaries within one another; one that is within itself has more. */
const MAX_DEPTH: u32 = 100;
const HEX: string = '0123456789abcdef';

/** Writes values as JSON, in the form of `json.dumps`. */
export function writeJson(machine: Machine, value: Value, depth: u32): void {
  const output = machine.output;
  const own = !isData(value);
  machine.spend(1);
  if (machine.hasFailed) return;
  switch (kindOf(value)) {
    case values.UNDEFINED:
      return output.writeWord(machine.json.showsUndefined ? 'undefined' : 'null', own);
    case values.NONE:
      return output.writeWord('null', own);
    case values.BOOLEAN:
      return output.writeWord(isTrue(value) ? 'true' : 'false', own);
    case values.INTEGER:
      return writeNumber(output, value, false, own);
    case values.FLOAT:
      machine.spend(stepsOfNumber(value));
      if (isFinite(numberOf(value))) return writeNumber(output, value, false, own);
      return output.writeWord('null', own);
    case values.STRING:
      return writeString(machine, value, own);
    case values.LIST:
    case values.TUPLE:
    case values.DICT:
    case values.NAMESPACE:
      break;
    default:
      machine.fail('a function has no JSON');
      return;
  }
  if (depth >= MAX_DEPTH) {
    machine.fail(`more than ${MAX_DEPTH} lists and dictionaries are within one another`);
  } else if (isList(value)) {
    writeList(machine, cellOf(value), own, depth + 1);
  } else {
    writeDictionary(machine, cellOf(value), own, depth + 1);
  }
}

function writeSeparator(machine: Machine, own: bool): void {
  const form = machine.json;
  if (form.between != 0) machine.output.writeText(form.between);
  else machine.output.writeWord(form.indent > 0 ? ',' : ', ', own);
}

function writeLine(machine: Machine, own: bool, depth: u32): void {
  if (machine.json.indent == 0) return;
  const output = machine.output;
  output.writeByte(0x0a, own);
  const blanks = machine.json.indent * depth;
  machine.spendBytes(blanks);
  for (let i: u32 = 0; i < blanks && !output.isFull; ++i) output.writeByte(0x20, own);
}

function writeList(machine: Machine, list: usize, own: bool, depth: u32): void {
  const output = machine.output;
  const count = countOf(list);
  output.writeByte(0x5b, own);
  for (let i: u32 = 0; i < count && !machine.hasFailed; ++i) {
    if (i > 0) writeSeparator(machine, own);
    writeLine(machine, own, depth);
    writeJson(machine, itemOf(list, i), depth);
  }
  if (count > 0) writeLine(machine, own, depth - 1);
  output.writeByte(0x5d, own);
}

function writeDictionary(machine: Machine, dictionary: usize, own: bool, depth: u32): void {
  const output = machine.output;
  const count = sizeOf(dictionary);
  output.writeByte(0x7b, own);
  let last = -1;
  for (let i: u32 = 0; i < count && !machine.hasFailed; ++i) {
    const at = machine.json.sortsKeys ? nextKey(machine, dictionary, last) : i;
    last = at;
    if (i > 0) writeSeparator(machine, own);
    writeLine(machine, own, depth);
    writeKey(machine, keyAt(dictionary, at), own);
    if (machine.json.behindKey != 0) output.writeText(machine.json.behindKey);
    else output.writeWord(': ', own);
    writeJson(machine, valueAt(dictionary, at), depth);
  }
  if (count > 0) writeLine(machine, own, depth - 1);
  output.writeByte(0x7d, own);
}

function writeKey(machine: Machine, key: Value, own: bool): void {
  const isText = kindOf(key) == values.STRING;
  if (!isText) machine.output.writeByte(0x22, own);
  writeJson(machine, key, 0);
  if (!isText) machine.output.writeByte(0x22, own);
}

/** The place of the key that follows that at `last` (-1 for none) in order. */
function nextKey(machine: Machine, dictionary: usize, last: i32): u32 {
  let best = -1;
  const count = sizeOf(dictionary);
  machine.spend(count);
  for (let i: i32 = 0; i < <i32>count; ++i) {
    if (last >= 0 && !precedes(dictionary, last, i)) continue;
    if (best < 0 || precedes(dictionary, i, best)) best = i;
  }
  return best;
}

function writeString(machine: Machine, value: Value, own: bool): void {
  const text = cellOf(value);
  const output = machine.output;
  const bytes = bytesOf(text);
  const length = lengthOf(text);
  machine.spendBytes(length);
  output.writeByte(0x22, own);
  let from: u32 = 0;
  let at: u32 = 0;
  while (at < length) {
    const byte: u32 = load<u8>(bytes + at);
    const isPlain = byte >= 0x20 && byte != 0x22 && byte != 0x5c && (byte < 0x7f || !machine.json.escapesAll);
    if (isPlain) {
      ++at;
      continue;
    }
    output.writePart(text, from, at);
    const decoded = decode(bytes + at, bytes + length);
    writeEscape(machine, decoded & DECODED_CODE_POINT, isTemplateAt(text, at));
    at += decoded >> DECODED_LENGTH_SHIFT;
    from = at;
  }
  output.writePart(text, from, length);
  output.writeByte(0x22, own);
}

function writeEscape(machine: Machine, point: u32, own: bool): void {
  const output = machine.output;
  machine.spend(1);
  if (point > 0xffff) {
    writeUnit(machine, 0xd7c0 + (point >> 10), own);
    return writeUnit(machine, 0xdc00 + (point & 0x3ff), own);
  }
  const letter = escapeLetter(point);
  if (letter == 0) return writeUnit(machine, point, own);
  output.writeByte(0x5c, own);
  output.writeByte(letter, own);
}

function writeUnit(machine: Machine, unit: u32, own: bool): void {
  const output = machine.output;
  output.writeByte(0x5c, own);
  output.writeByte(0x75, own);
  for (let shift = 12; shift >= 0; shift -= 4) output.writeByte(HEX.charCodeAt((unit >> shift) & 15), own);
}

function precedes(dictionary: usize, a: i32, b: i32): bool {
  const left = keyAt(dictionary, a);
  const right = keyAt(dictionary, b);
  if (kindOf(left) != values.STRING || kindOf(right) != values.STRING) return a < b;
  const order = compareTexts(cellOf(left), cellOf(right));
  return order != 0 ? order < 0 : a < b;
}

/** The letter after the backslash in a character's short escape; 0 if it has none. */
function escapeLetter(point: u32): u32 {
  switch (point) {
    case 0x08:
      return 0x62;
    case 0x0c:
      return 0x66;
    case 0x0a:
      return 0x6e;
    case 0x0d:
      return 0x72;
    case 0x09:
      return 0x74;
    case 0x22:
    case 0x5c:
      return point;
    default:
      return 0;
  }
}
