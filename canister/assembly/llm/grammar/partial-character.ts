/**
 * A UTF-8 character of which only the first bytes are known, because a token may end within a character and the next
 * one continue it.
 *
 *     bits 0-20 the code point's bits so far | bits 24-25 missing bytes, 1 to 3 | bit 31 any
 *
 * "Any" is a beginning of which only the number of missing bytes matters: every completion is a character, and the
 * grammar treats all alike. 0 is no partial character.
 *
 * The length of the whole character follows from the bits and the missing bytes, because overlong forms, surrogates and
 * code points above U+10FFFF are refused at the first byte that makes them (Unicode Standard, table 3-7).
 */
export const NO_PARTIAL: u32 = 0;
/** No character begins like this. */
export const ILL_FORMED: u32 = u32.MAX_VALUE;

const BITS: u32 = 0x1fffff;
const MISSING_SHIFT: u32 = 24;
const ANY: u32 = 0x80000000;

function partial(bits: u32, missing: u32): u32 {
  return bits | (missing << MISSING_SHIFT);
}

/** The partial character that a byte of 0x80 and above begins. */
export function beginCharacter(byte: u32): u32 {
  if (byte >= 0xc2 && byte <= 0xdf) return partial(byte & 0x1f, 1);
  if (byte >= 0xe0 && byte <= 0xef) return partial(byte & 0x0f, 2);
  if (byte >= 0xf0 && byte <= 0xf4) return partial(byte & 0x07, 3);
  return ILL_FORMED;
}

export function missingBytes(character: u32): u32 {
  return (character >> MISSING_SHIFT) & 3;
}

export function isAny(character: u32): bool {
  return (character & ANY) != 0;
}

/** Any character with this many missing bytes. */
export function anyMissing(missing: u32): u32 {
  return ANY | (missing << MISSING_SHIFT);
}

/** A partial character with another byte; with one byte missing it becomes the code point itself. */
export function continueCharacter(character: u32, byte: u32): u32 {
  if ((byte & 0xc0) != 0x80) return ILL_FORMED;
  const missing = missingBytes(character);
  if (isAny(character)) return missing == 1 ? 0 : anyMissing(missing - 1);
  const before = character & BITS;
  const bits = (before << 6) | (byte & 0x3f);
  if (missing == 1) return bits;
  if (missing == 3) {
    if (bits < 0x10 || bits > 0x10f) return ILL_FORMED;
  } else if (before < 0x10) {
    // The first byte of three: overlong forms and surrogates end here.
    if (bits < 0x20 || (bits >= 0x360 && bits <= 0x37f)) return ILL_FORMED;
  }
  return partial(bits, missing - 1);
}

/** The least code point that a partial character can become. */
export function leastCompletion(character: u32): u32 {
  const missing = missingBytes(character);
  const bits = character & BITS;
  const least = bits << (6 * missing);
  if (missing == 3) return max<u32>(least, 0x10000);
  return missing == 2 && bits == 0 ? 0x800 : least;
}

/** The greatest code point that a partial character can become. */
export function greatestCompletion(character: u32): u32 {
  const missing = missingBytes(character);
  const bits = character & BITS;
  const greatest = (bits << (6 * missing)) | ((1 << (6 * missing)) - 1);
  if (missing == 3) return min<u32>(greatest, 0x10ffff);
  return missing == 2 && bits == 0x0d ? 0xd7ff : greatest;
}

/** Whether every completion of a partial character is a valid one. */
export function isAlwaysSound(character: u32): bool {
  const missing = missingBytes(character);
  const bits = character & BITS;
  if (missing == 3) return bits >= 1 && bits <= 3;
  return missing == 1 || (bits != 0 && bits != 0x0d);
}
