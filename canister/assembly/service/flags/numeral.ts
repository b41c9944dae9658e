/** Numbers in callers' texts: decimal, the whole text, nothing else (no hexadecimal, infinity or NaN). */
import { Text } from '../../ic/candid/values';

/** Characters of the longest accepted numeral. */
const LONGEST: u32 = 64;

function isDigit(code: u32): bool {
  return code - 0x30 < 10;
}

function skipDigits(text: Text, at: u32): u32 {
  while (at < text.size && isDigit(load<u8>(text.ptr + at))) ++at;
  return at;
}

function skipSign(text: Text, at: u32): u32 {
  if (at >= text.size) return at;
  const code = load<u8>(text.ptr + at);
  return code == 0x2b || code == 0x2d ? at + 1 : at;
}

/** The value of a whole number, with or without a sign; NaN if the text is none. */
export function wholeNumber(text: Text): f64 {
  if (text.size > LONGEST) return NaN;
  const start = skipSign(text, 0);
  const end = skipDigits(text, start);
  return end > start && end == text.size ? parseFloat(text.toString()) : NaN;
}

/** The value of a number such as -1, 0.5, .5 or 1e-3; NaN if the text is none. */
export function realNumber(text: Text): f64 {
  if (text.size > LONGEST) return NaN;
  const start = skipSign(text, 0);
  let end = skipDigits(text, start);
  let digits = end - start;
  if (end < text.size && load<u8>(text.ptr + end) == 0x2e) {
    const fraction = skipDigits(text, end + 1);
    digits += fraction - end - 1;
    end = fraction;
  }
  if (digits == 0) return NaN;
  if (end < text.size && (load<u8>(text.ptr + end) | 0x20) == 0x65) {
    const exponent = skipSign(text, end + 1);
    end = skipDigits(text, exponent);
    if (end == exponent) return NaN;
  }
  if (end != text.size) return NaN;
  const value = parseFloat(text.toString());
  return isFinite(value) ? value : NaN;
}
