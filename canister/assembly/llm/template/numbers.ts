import { Arena } from './arena';
import { FLOAT, INTEGER, LARGEST, Value, cellOf, integerOf, integerValue, kindOf, valueOf } from './values';
import { Output } from './output';
import { digits as shortestDigits, point as shortestPoint, stepsOf, takeApart } from './shortest';

/**
 * Numbers other than integers below 2^53, in raw memory: [ value: f64 | text | bytes: u32 ].
 *
 * A number from the input keeps its digits and is written with them; a calculated one has no text. The decimal forms
 * are JavaScript's, which differ from Python's only in exponents.
 */
const CELL: usize = 16;
const TEXT: usize = 8;
const LENGTH: usize = 12;

/** Significant digits that every number of so many survives reading and writing. */
const EXACT_DIGITS: i32 = 15;
const MAX_EXPONENT: i32 = 9999;
/** Room for the text of a number in canonical form. */
const ROOM: usize = 64;

const scratch: usize = memory.data(128, 16);

export function floatValue(arena: Arena, float: f64): Value {
  const cell = arena.take(CELL);
  store<f64>(cell, float);
  store<u64>(cell, 0, TEXT);
  return valueOf(FLOAT, cell);
}

export function isNumber(value: Value): bool {
  const kind = kindOf(value);
  return kind == INTEGER || kind == FLOAT;
}

/** An integer's or other number's value. */
export function numberOf(value: Value): f64 {
  return kindOf(value) == FLOAT ? load<f64>(cellOf(value)) : <f64>integerOf(value);
}

/** The result of a calculation with integers. */
export function wholeValue(arena: Arena, float: f64): Value {
  return abs(float) <= <f64>LARGEST ? integerValue(<i64>float) : floatValue(arena, float);
}

/**
 * The number that a decimal text is. A whole number is an integer, however it is written, unless it `isFloat`.
 */
export function readNumber(arena: Arena, from: usize, length: u32, isFloat: bool): Value {
  const end = from + length;
  let at = from;
  const isNegative = length > 0 && load<u8>(at) == 0x2d;
  if (isNegative) ++at;
  let mantissa: u64 = 0;
  let digits: i32 = 0;
  let exponent: i32 = 0;
  let isFraction = false;
  for (; at < end; ++at) {
    const byte: u32 = load<u8>(at);
    if (byte == 0x2e) isFraction = true;
    else if (byte - 0x30 < 10) {
      if (digits < 18) {
        mantissa = mantissa * 10 + (byte - 0x30);
        if (mantissa > 0) ++digits;
        if (isFraction) --exponent;
      } else {
        if (byte != 0x30) digits = max(digits, 19);
        if (!isFraction) ++exponent;
      }
    } else break;
  }
  if (at < end) exponent += readExponent(at + 1, end);
  while (mantissa > 0 && mantissa % 10 == 0) {
    mantissa /= 10;
    if (digits < 19) --digits;
    ++exponent;
  }
  const float = scaled(mantissa, exponent) * (isNegative ? -1 : 1);
  const isWhole = mantissa == 0 || (exponent >= 0 && exponent < 17 && digits + exponent < 18);
  if (isWhole && !isFloat && digits < 19 && abs(float) < <f64>LARGEST) {
    return integerValue(<i64>float);
  }
  const cell = arena.take(CELL);
  store<f64>(cell, float);
  store<u64>(cell, 0, TEXT);
  if (digits > EXACT_DIGITS || mantissa == 0) {
    store<u32>(cell, mantissa == 0 ? 0 : <u32>from, TEXT);
    store<u32>(cell, length, LENGTH);
  } else {
    const text = arena.take(ROOM);
    store<u32>(cell, <u32>text, TEXT);
    store<u32>(cell, <u32>(writeCanonical(text, isNegative, mantissa, digits, exponent) - text), LENGTH);
  }
  return valueOf(FLOAT, cell);
}

function readExponent(from: usize, end: usize): i32 {
  let at = from;
  const sign: u32 = at < end ? load<u8>(at) : 0;
  if (sign == 0x2b || sign == 0x2d) ++at;
  let exponent: i32 = 0;
  for (; at < end; ++at) exponent = min(MAX_EXPONENT, exponent * 10 + (load<u8>(at) - 0x30));
  return sign == 0x2d ? -exponent : exponent;
}

/** mantissa * 10^exponent: exact if both are small. */
function scaled(mantissa: u64, exponent: i32): f64 {
  let float = <f64>mantissa;
  let left = max(-700, min(700, exponent));
  for (; left > 22; left -= 22) float *= 1e22;
  for (; left < -22; left += 22) float /= 1e22;
  let power: f64 = 1;
  for (let i = abs(left); i > 0; --i) power *= 10;
  return left < 0 ? float / power : float * power;
}

/** JavaScript's form of +-mantissa * 10^exponent with a mantissa of `digits` digits; returns the end. */
function writeCanonical(to: usize, isNegative: bool, mantissa: u64, digits: i32, exponent: i32): usize {
  let at = to;
  if (isNegative) store<u8>(at++, 0x2d);
  const point = digits + exponent;
  const isPlain = point > -6 && point <= 21;
  if (isPlain && point <= 0) {
    store<u8>(at++, 0x30);
    store<u8>(at++, 0x2e);
    for (let i = point; i < 0; ++i) store<u8>(at++, 0x30);
  }
  const first = isPlain ? point : 1;
  for (let i = 0; i < digits; ++i) {
    if (i > 0 && i == first) store<u8>(at++, 0x2e);
    let digit = mantissa;
    for (let k = digits - 1 - i; k > 0; --k) digit /= 10;
    store<u8>(at++, 0x30 + <u8>(digit % 10));
  }
  if (isPlain) {
    for (let i = digits; i < point; ++i) store<u8>(at++, 0x30);
    return at;
  }
  store<u8>(at++, 0x65);
  store<u8>(at++, point > 0 ? 0x2b : 0x2d);
  return writeDigits(at, abs(point - 1));
}

function writeDigits(to: usize, value: u64): usize {
  let length: usize = 1;
  for (let rest = value / 10; rest > 0; rest /= 10) ++length;
  let rest = value;
  for (let i = length; i > 0; --i) {
    store<u8>(to + i - 1, 0x30 + <u8>(rest % 10));
    rest /= 10;
  }
  return to + length;
}

/** How many steps it takes to write a number: many, if its digits have to be found. */
export function stepsOfNumber(value: Value): u32 {
  if (kindOf(value) == INTEGER || load<u32>(cellOf(value), TEXT) != 0) return 1;
  return stepsOf(load<f64>(cellOf(value)));
}

/**
 * Writes a number as JavaScript writes it; with `showsFloat`, one that is no integer is seen to be none: 1.0.
 */
export function writeNumber(output: Output, value: Value, showsFloat: bool, isTemplate: bool): void {
  if (kindOf(value) == INTEGER) {
    const integer = integerOf(value);
    if (integer < 0) output.writeByte(0x2d, isTemplate);
    output.write(scratch, <u32>(writeDigits(scratch, <u64>abs(integer)) - scratch), isTemplate);
    return;
  }
  const cell = cellOf(value);
  const text = load<u32>(cell, TEXT);
  if (text != 0) {
    output.write(text, load<u32>(cell, LENGTH), isTemplate);
    if (showsFloat && isPlainWhole(text, load<u32>(cell, LENGTH))) output.writeWord('.0', isTemplate);
    return;
  }
  const float = load<f64>(cell);
  if (float == 0) {
    output.writeWord(showsFloat ? (reinterpret<i64>(float) < 0 ? '-0.0' : '0.0') : '0', isTemplate);
    return;
  }
  if (!isFinite(float)) return output.writeWord(float > 0 ? 'Infinity' : float < 0 ? '-Infinity' : 'NaN', isTemplate);
  const count = takeApart(abs(float));
  let mantissa: u64 = 0;
  for (let i = 0; i < count; ++i) mantissa = mantissa * 10 + load<u8>(shortestDigits + i);
  const end = writeCanonical(scratch, float < 0, mantissa, count, shortestPoint - count);
  output.write(scratch, <u32>(end - scratch), isTemplate);
  if (showsFloat && isPlainWhole(scratch, <u32>(end - scratch))) output.writeWord('.0', isTemplate);
}

/** Whether a text is digits alone. */
function isPlainWhole(text: usize, length: u32): bool {
  for (let i: usize = 0; i < length; ++i) {
    const byte: u32 = load<u8>(text + i);
    if (byte == 0x2e || byte == 0x65 || byte == 0x45) return false;
  }
  return true;
}
