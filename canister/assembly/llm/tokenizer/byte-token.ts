/** Texts of the tokens that stand for one byte: "<0x00>" to "<0xFF>" (SentencePiece). */

const DIGITS = '0123456789ABCDEF';

export function byteTokenText(byte: i32): string {
  return '<0x' + DIGITS.charAt(byte >> 4) + DIGITS.charAt(byte & 15) + '>';
}

/** Byte that a token of type BYTE stands for, by the two hexadecimal digits in its text; -1 if they are not there. */
export function byteOfToken(text: usize, length: u32): i32 {
  if (length < 5) return -1;
  const high = digit(load<u8>(text, 3));
  const low = digit(load<u8>(text, 4));
  return high < 0 || low < 0 ? -1 : (high << 4) | low;
}

function digit(byte: u32): i32 {
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const letter = byte | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1;
}
