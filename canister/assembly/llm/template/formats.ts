import { nameOfKind } from './kinds';
import { countOf, itemOf } from './lists';
import { valueOfKey } from './dictionaries';
import { Machine } from './machine';
import { isNumber, numberOf, wholeValue, writeNumber } from './numbers';
import { writePlain } from './printing';
import { bytesOf, lengthOf } from './texts';
import * as values from './values';
import { NOTHING, Value, cellOf, isData, isList, kindOf } from './values';

/** Texts with places for values, as Python fills them in: `'%s' % value` and `'{}'.format(value)`. */

/** Writes a value into a place. */
function fill(machine: Machine, value: Value): void {
  if (kindOf(value) == values.NONE) machine.output.writeWord('None', !isData(value));
  else writePlain(machine, value);
}

/** `%s`, `%d` and `%%`. */
export function formatPercent(machine: Machine, pattern: Value, value: Value): Value {
  const text = cellOf(pattern);
  const bytes = bytesOf(text);
  const length = lengthOf(text);
  const output = machine.output;
  const from = output.length;
  machine.spendBytes(length);
  let used: u32 = 0;
  let plain: u32 = 0;
  for (let at: u32 = 0; at < length && !machine.hasFailed; ++at) {
    if (load<u8>(bytes + at) != 0x25) continue;
    output.writePart(text, plain, at);
    const code: u32 = at + 1 < length ? load<u8>(bytes + at + 1) : 0;
    if (code == 0x25) {
      output.writePart(text, at, at + 1);
    } else if (code == 0x73 || code == 0x64 || code == 0x69) {
      const next = isList(value) ? place(machine, cellOf(value), used) : value;
      ++used;
      if (code == 0x73) fill(machine, next);
      else if (!isNumber(next)) machine.fail(`"%d" needs a number, not ${nameOfKind(next)}`);
      else writeNumber(output, wholeValue(machine.arena, Math.trunc(numberOf(next))), false, !isData(next));
    } else {
      machine.fail('of the places for values only %s, %d and %% are known');
    }
    plain = ++at + 1;
  }
  output.writePart(text, min(plain, length), length);
  return machine.taken(from);
}

function place(machine: Machine, list: usize, index: u32): Value {
  if (index < countOf(list)) return itemOf(list, index);
  return machine.fail('a text has more places than there are values');
}

/** `{}`, `{0}`, `{name}`, `{{` and `}}`. */
export function formatBraces(machine: Machine, pattern: Value, positional: usize, keywords: usize): Value {
  const text = cellOf(pattern);
  const bytes = bytesOf(text);
  const length = lengthOf(text);
  const output = machine.output;
  const from = output.length;
  machine.spendBytes(length);
  let used: u32 = 0;
  let plain: u32 = 0;
  for (let at: u32 = 0; at < length && !machine.hasFailed; ++at) {
    const byte: u32 = load<u8>(bytes + at);
    if (byte != 0x7b && byte != 0x7d) continue;
    output.writePart(text, plain, at);
    const isDouble = at + 1 < length && load<u8>(bytes + at + 1) == byte;
    if (isDouble) {
      output.writePart(text, at, at + 1);
      plain = ++at + 1;
      continue;
    }
    let end = at + 1;
    while (end < length && load<u8>(bytes + end) != 0x7d) ++end;
    if (byte == 0x7d || end >= length) return machine.fail('a place for a value is not closed');
    if (end == at + 1) fill(machine, place(machine, positional, used++));
    else fill(machine, named(machine, text, at + 1, end, positional, keywords));
    at = end;
    plain = at + 1;
  }
  output.writePart(text, min(plain, length), length);
  return machine.taken(from);
}

/** The value of a place that has a number or a name. */
function named(machine: Machine, text: usize, from: u32, to: u32, positional: usize, keywords: usize): Value {
  let index: u32 = 0;
  for (let at = from; at < to; ++at) {
    const digit: u32 = load<u8>(bytesOf(text) + at) - 0x30;
    if (digit > 9) {
      const value = keywords == 0 ? NOTHING : valueOfKey(keywords, machine.partOf(text, from, to));
      return value == NOTHING ? machine.fail('a text has a place that no value is for') : value;
    }
    index = min<u32>(100_000, index * 10 + digit);
  }
  return place(machine, positional, index);
}
