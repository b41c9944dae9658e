/**
 * The alphabet of byte-level BPE (GPT-2's `bytes_to_unicode`): every byte is written as one visible character. Bytes
 * that are visible in Latin-1 (0x21-0x7E, 0xA1-0xAC, 0xAE-0xFF) stand for themselves; the others, in order, for U+0100
 * and up. So a space is U+0120 "Ġ", and every character takes one or two bytes of UTF-8.
 */

const UNASSIGNED: u16 = 0xffff;
/** Characters of the alphabet are below this code point: 256 + the 68 bytes that are not visible. */
const ALPHABET_END: u32 = 0x144;

const characters: StaticArray<u16> = alphabet();
const bytes: StaticArray<u16> = inverse();

function visible(byte: u32): bool {
  return (byte >= 0x21 && byte <= 0x7e) || (byte >= 0xa1 && byte <= 0xac) || byte >= 0xae;
}

function alphabet(): StaticArray<u16> {
  const table = new StaticArray<u16>(256);
  let next: u16 = 0x100;
  for (let byte: u32 = 0; byte < 256; ++byte) table[byte] = visible(byte) ? <u16>byte : next++;
  return table;
}

function inverse(): StaticArray<u16> {
  const table = new StaticArray<u16>(ALPHABET_END).fill(UNASSIGNED);
  for (let byte = 0; byte < 256; ++byte) table[characters[byte]] = <u16>byte;
  return table;
}

/** Code point that stands for a byte. */
export function characterOfByte(byte: u32): u32 {
  return unchecked(characters[byte]);
}

/** Byte that a code point stands for, or -1 if it is not of the alphabet. */
export function byteOfCharacter(point: u32): i32 {
  if (point >= ALPHABET_END) return -1;
  const byte = unchecked(bytes[point]);
  return byte == UNASSIGNED ? -1 : <i32>byte;
}
