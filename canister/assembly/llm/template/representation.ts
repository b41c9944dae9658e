import { DECODED_CODE_POINT, DECODED_LENGTH_SHIFT, decode } from '../../utf8';
import { keyAt, sizeOf, valueAt } from './dictionaries';
import { countOf, itemOf } from './lists';
import { Machine } from './machine';
import { writeNumber } from './numbers';
import { bytesOf, isTemplateAt, lengthOf } from './texts';
import * as values from './values';
import { Value, cellOf, hasMembers, isData, isList, isTrue, kindOf } from './values';

const MAX_DEPTH: u32 = 100;

/** Writes a value as Python shows it: `[1, 'a', None, {'b': True}]`. */
export function writeRepresentation(machine: Machine, value: Value, depth: u32): void {
  const output = machine.output;
  const own = !isData(value);
  machine.spend(1);
  if (machine.hasFailed) return;
  switch (kindOf(value)) {
    case values.UNDEFINED:
      return output.writeWord('Undefined', own);
    case values.NONE:
      return output.writeWord('None', own);
    case values.BOOLEAN:
      return output.writeWord(isTrue(value) ? 'True' : 'False', own);
    case values.INTEGER:
    case values.FLOAT:
      return writeNumber(output, value, true, own);
    case values.STRING:
      return writeQuoted(machine, cellOf(value), own);
    default:
  }
  if (depth >= MAX_DEPTH) {
    machine.fail(`more than ${MAX_DEPTH} lists and dictionaries are within one another`);
  } else if (isList(value)) {
    writeItems(machine, value, own, depth + 1);
  } else if (hasMembers(value)) {
    writeMembers(machine, cellOf(value), own, depth + 1);
  } else {
    machine.fail('a function cannot be shown');
  }
}

function writeItems(machine: Machine, value: Value, own: bool, depth: u32): void {
  const output = machine.output;
  const list = cellOf(value);
  const isTuple = kindOf(value) == values.TUPLE;
  output.writeByte(isTuple ? 0x28 : 0x5b, own);
  for (let i: u32 = 0; i < countOf(list) && !machine.hasFailed; ++i) {
    if (i > 0) output.writeWord(', ', own);
    writeRepresentation(machine, itemOf(list, i), depth);
  }
  if (isTuple && countOf(list) == 1) output.writeByte(0x2c, own);
  output.writeByte(isTuple ? 0x29 : 0x5d, own);
}

function writeMembers(machine: Machine, dictionary: usize, own: bool, depth: u32): void {
  const output = machine.output;
  output.writeByte(0x7b, own);
  for (let i: u32 = 0; i < sizeOf(dictionary) && !machine.hasFailed; ++i) {
    if (i > 0) output.writeWord(', ', own);
    writeRepresentation(machine, keyAt(dictionary, i), depth);
    output.writeWord(': ', own);
    writeRepresentation(machine, valueAt(dictionary, i), depth);
  }
  output.writeByte(0x7d, own);
}

/** A text in single quotes, or in double ones if it has single ones only. */
function writeQuoted(machine: Machine, text: usize, own: bool): void {
  const output = machine.output;
  const bytes = bytesOf(text);
  const length = lengthOf(text);
  machine.spendBytes(length << 1);
  let singles = 0;
  let doubles = 0;
  for (let at: u32 = 0; at < length; ++at) {
    const byte = load<u8>(bytes + at);
    if (byte == 0x27) ++singles;
    if (byte == 0x22) ++doubles;
  }
  const quote: u32 = singles > 0 && doubles == 0 ? 0x22 : 0x27;
  output.writeByte(quote, own);
  let from: u32 = 0;
  for (let at: u32 = 0; at < length && !output.isFull;) {
    const decoded = decode(bytes + at, bytes + length);
    const point = decoded & DECODED_CODE_POINT;
    const next = at + (decoded >> DECODED_LENGTH_SHIFT);
    if (point < 0x20 || point == quote || point == 0x5c || point - 0x7f < 0x21) {
      output.writePart(text, from, at);
      writeEscape(machine, point, isTemplateAt(text, at));
      from = next;
    }
    at = next;
  }
  output.writePart(text, from, length);
  output.writeByte(quote, own);
}

function writeEscape(machine: Machine, point: u32, own: bool): void {
  const output = machine.output;
  output.writeByte(0x5c, own);
  if (point == 0x0a) return output.writeByte(0x6e, own);
  if (point == 0x0d) return output.writeByte(0x72, own);
  if (point == 0x09) return output.writeByte(0x74, own);
  if (point >= 0x20 && point < 0x7f) return output.writeByte(point, own);
  output.writeByte(0x78, own);
  for (let shift = 4; shift >= 0; shift -= 4) {
    const digit = (point >> shift) & 15;
    output.writeByte(digit < 10 ? 0x30 + digit : 0x57 + digit, own);
  }
}
