import { END, MORE, NO, Pending } from './pending';

/** Most nesting of values. */
const MAX_DEPTH: u32 = 64;

/**
 * The place after a JSON value (RFC 8259) that begins at `at`, ignoring white space; NO if there is none, MORE if it is
 * unfinished. A number at the end of the text may be unfinished.
 */
export function scanValue(text: Pending, at: i32): i32 {
  let depth: u32 = 0;
  /** A bit for each enclosing value, the innermost lowest: whether it is an object. */
  let objects: u64 = 0;
  for (;;) {
    at = text.skipSpace(at);
    const byte = text.byte(at);
    if (byte == END) return text.atEnd;
    let isEmpty = false;
    if (byte == 0x7b || byte == 0x5b) {
      if (depth == MAX_DEPTH) return NO;
      ++depth;
      objects = (objects << 1) | u64(byte == 0x7b);
      at = text.skipSpace(at + 1);
      const next = text.byte(at);
      if (next == END) return text.atEnd;
      isEmpty = next == byte + 2;
      if (!isEmpty) {
        if (byte == 0x7b) at = scanName(text, at);
        if (at < 0) return at;
        continue;
      }
    } else {
      at = scanScalar(text, at);
      if (at < 0) return at;
    }
    // After a value: the enclosing one ends or continues.
    for (;;) {
      if (depth == 0) return at;
      at = text.skipSpace(at);
      const next = text.byte(at);
      if (next == END) return text.atEnd;
      const isObject = (objects & 1) != 0;
      ++at;
      if (next == <u32>(isObject ? 0x7d : 0x5d)) {
        --depth;
        objects >>= 1;
        continue;
      }
      if (next != 0x2c) return NO;
      if (isObject) at = scanName(text, text.skipSpace(at));
      if (at < 0) return at;
      break;
    }
  }
  return NO;
}

/** The place after the name of a member and its colon. */
function scanName(text: Pending, at: i32): i32 {
  if (text.byte(at) == END) return text.atEnd;
  at = scanString(text, at);
  if (at < 0) return at;
  at = text.skipSpace(at);
  const byte = text.byte(at);
  if (byte == END) return text.atEnd;
  return byte == 0x3a ? at + 1 : NO;
}

function scanScalar(text: Pending, at: i32): i32 {
  const byte = text.byte(at);
  if (byte == 0x22) return scanString(text, at);
  if (byte == 0x74) return text.matchWord('true', at);
  if (byte == 0x66) return text.matchWord('false', at);
  if (byte == 0x6e) return text.matchWord('null', at);
  return scanNumber(text, at);
}

/** The place after a string that begins at `at`. */
export function scanString(text: Pending, at: i32): i32 {
  if (text.byte(at) != 0x22) return NO;
  for (++at; ; ++at) {
    const byte = text.byte(at);
    if (byte == END) return text.atEnd;
    if (byte == 0x22) return at + 1;
    if (byte < 0x20 || byte > 0xff) return NO;
    if (byte != 0x5c) continue;
    const escaped = text.byte(++at);
    if (escaped == END) return text.atEnd;
    if (escaped == 0x75) {
      for (let i = 0; i < 4; ++i) {
        const digit = text.byte(++at);
        if (digit == END) return text.atEnd;
        if (!isHex(digit)) return NO;
      }
    } else if (escaped > 0xff || '"\\/bfnrt'.indexOf(String.fromCharCode(escaped)) < 0) {
      return NO;
    }
  }
  return NO;
}

function scanNumber(text: Pending, at: i32): i32 {
  if (text.byte(at) == 0x2d) ++at;
  const from = at;
  at = skipDigits(text, at);
  if (at == from) return text.byte(at) == END ? text.atEnd : NO;
  if (at > from + 1 && text.byte(from) == 0x30) return NO;
  if (text.byte(at) == 0x2e) {
    const point = ++at;
    at = skipDigits(text, at);
    if (at == point) return text.byte(at) == END ? text.atEnd : NO;
  }
  if ((text.byte(at) | 0x20) == 0x65) {
    ++at;
    if (text.byte(at) == 0x2b || text.byte(at) == 0x2d) ++at;
    const exponent = at;
    at = skipDigits(text, at);
    if (at == exponent) return text.byte(at) == END ? text.atEnd : NO;
  }
  return text.byte(at) == END && !text.isFinal ? MORE : at;
}

function skipDigits(text: Pending, at: i32): i32 {
  while (text.byte(at) - 0x30 < 10) ++at;
  return at;
}

function isHex(byte: u32): bool {
  return byte - 0x30 < 10 || (byte | 0x20) - 0x61 < 6;
}
