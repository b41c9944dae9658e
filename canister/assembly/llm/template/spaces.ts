import { DECODED_CODE_POINT, DECODED_LENGTH_SHIFT, decode } from '../../utf8';

/** White space as defined by JavaScript's `trim` and `\s`, nearly the same as Python's. */

export function isSpacePoint(point: u32): bool {
  if (point < 0x80) return point == 0x20 || point - 9 < 5;
  if (point == 0xa0 || point == 0x1680 || point == 0x202f || point == 0x205f || point == 0x3000) return true;
  return point - 0x2000 < 11 || point == 0x2028 || point == 0x2029 || point == 0xfeff;
}

/** Bytes of the white space character at `at`, 0 if it is none. */
export function spaceAt(at: usize, end: usize): u32 {
  if (at >= end) return 0;
  const byte: u32 = load<u8>(at);
  if (byte < 0x80) return isSpacePoint(byte) ? 1 : 0;
  const decoded = decode(at, end);
  return isSpacePoint(decoded & DECODED_CODE_POINT) ? decoded >> DECODED_LENGTH_SHIFT : 0;
}

/** Bytes of the white space character before `end`, 0 if it is none. */
export function spaceBefore(start: usize, end: usize): u32 {
  let at = end;
  while (at > start) {
    --at;
    if ((load<u8>(at) & 0xc0) != 0x80) break;
  }
  const length = spaceAt(at, end);
  return at + length == end ? length : 0;
}

/** End of the white space at `start`. */
export function skipSpace(start: usize, end: usize): usize {
  let at = start;
  for (let length = spaceAt(at, end); length > 0; length = spaceAt(at, end)) at += length;
  return at;
}

/** Beginning of the white space before `end`. */
export function skipSpaceBack(start: usize, end: usize): usize {
  let at = end;
  for (let length = spaceBefore(start, at); length > 0; length = spaceBefore(start, at)) at -= length;
  return at;
}
