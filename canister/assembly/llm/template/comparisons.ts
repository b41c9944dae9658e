import { DECODED_CODE_POINT, DECODED_LENGTH_SHIFT, decode } from '../../utf8';
import { lowerPoint } from './cases';
import { nameOfKind } from './kinds';
import { Machine } from './machine';
import { numberOf, readNumber } from './numbers';
import { writePlain } from './printing';
import { skipSpace, skipSpaceBack } from './spaces';
import { bytesOf, compareTexts, lengthOf, sameTexts } from './texts';
import * as values from './values';
import { Value, cellOf, isList, isTrue, kindOf, withoutSource } from './values';

/** Numbers and truths. */
export function isNumeric(value: Value): bool {
  const kind = kindOf(value);
  return kind == values.INTEGER || kind == values.FLOAT || kind == values.BOOLEAN;
}

export function numeric(value: Value): f64 {
  return kindOf(value) == values.BOOLEAN ? (isTrue(value) ? 1 : 0) : numberOf(value);
}

/**
 * Whether "==" holds, as in @huggingface/jinja, which uses JavaScript's own: a numeric text equals the number, null
 * equals undefined, and a list equals only itself.
 */
export function equals(machine: Machine, left: Value, right: Value): bool {
  const a = kindOf(left);
  const b = kindOf(right);
  const isNothing = a == values.NONE || a == values.UNDEFINED;
  if (isNothing || b == values.NONE || b == values.UNDEFINED) {
    return isNothing && (b == values.NONE || b == values.UNDEFINED);
  }
  if (a == values.STRING && b == values.STRING) {
    machine.spendBytes(min(lengthOf(cellOf(left)), lengthOf(cellOf(right))));
    return sameTexts(cellOf(left), cellOf(right));
  }
  if (isNumeric(left) && isNumeric(right)) return numeric(left) == numeric(right);
  if (a == values.STRING && isNumeric(right)) return numberOfText(machine, cellOf(left)) == numeric(right);
  if (b == values.STRING && isNumeric(left)) return numberOfText(machine, cellOf(right)) == numeric(left);
  if (a == values.STRING && isList(right)) return isListText(machine, right, left);
  if (b == values.STRING && isList(left)) return isListText(machine, left, right);
  return isSame(left, right);
}

/** Whether two values are the same without any change of kind. */
export function isSame(left: Value, right: Value): bool {
  const a = kindOf(left);
  const b = kindOf(right);
  if (a == values.STRING && b == values.STRING) return sameTexts(cellOf(left), cellOf(right));
  if ((a == values.INTEGER || a == values.FLOAT) && (b == values.INTEGER || b == values.FLOAT)) {
    return numberOf(left) == numberOf(right);
  }
  return withoutSource(left) == withoutSource(right);
}

function isListText(machine: Machine, list: Value, text: Value): bool {
  const from = machine.output.length;
  writePlain(machine, list);
  const isEqual = sameTexts(cellOf(machine.taken(from)), cellOf(text));
  return isEqual && !machine.hasFailed;
}

/** The number of a whole text, as JavaScript reads it: an empty text is 0, a text that is no number is NaN. */
function numberOfText(machine: Machine, text: usize): f64 {
  const end = skipSpaceBack(bytesOf(text), bytesOf(text) + lengthOf(text));
  const start = skipSpace(bytesOf(text), end);
  machine.spendBytes(lengthOf(text));
  if (start >= end) return 0;
  let at = start;
  if (load<u8>(at) == 0x2d || load<u8>(at) == 0x2b) ++at;
  const digits = at;
  let dots = 0;
  for (; at < end && (load<u8>(at) - 0x30 < 10 || load<u8>(at) == 0x2e); ++at) if (load<u8>(at) == 0x2e) ++dots;
  if (at < end || dots > 1 || at - digits == dots) return NaN;
  return numberOf(readNumber(machine.arena, start, <u32>(end - start), true));
}

/** Below, at or above 0, as `left` comes before, with or behind `right`; fails for values that have no order. */
export function compare(machine: Machine, left: Value, right: Value, isCaseSensitive: bool): i32 {
  if (isNumeric(left) && isNumeric(right)) {
    const a = numeric(left);
    const b = numeric(right);
    return i32(a > b) - i32(a < b);
  }
  const a = kindOf(left);
  if (a != kindOf(right) || (a != values.STRING && a != values.NONE && a != values.UNDEFINED)) {
    machine.fail(`${nameOfKind(left)} and ${nameOfKind(right)} have no order`);
    return 0;
  }
  if (a != values.STRING) return 0;
  const first = cellOf(left);
  const second = cellOf(right);
  machine.spendBytes(min(lengthOf(first), lengthOf(second)));
  return isCaseSensitive ? compareTexts(first, second) : compareWithoutCase(first, second);
}

function compareWithoutCase(a: usize, b: usize): i32 {
  let left = bytesOf(a);
  let right = bytesOf(b);
  const leftEnd = left + lengthOf(a);
  const rightEnd = right + lengthOf(b);
  while (left < leftEnd && right < rightEnd) {
    const first = decode(left, leftEnd);
    const second = decode(right, rightEnd);
    const order = <i32>lowerPoint(first & DECODED_CODE_POINT) - <i32>lowerPoint(second & DECODED_CODE_POINT);
    if (order != 0) return order;
    left += first >> DECODED_LENGTH_SHIFT;
    right += second >> DECODED_LENGTH_SHIFT;
  }
  return i32(left < leftEnd) - i32(right < rightEnd);
}
