import { lengthByLead } from '../../utf8';
import { bytesOf, lengthOf } from './texts';

/** Characters of UTF-8 texts, by their offsets. */

/** Bytes of the character at an offset. */
export function characterBytes(text: usize, offset: u32): u32 {
  const lead = load<u8>(bytesOf(text) + offset);
  return lead < 0x80 ? 1 : min(lengthByLead(lead), lengthOf(text) - offset);
}

export function countCharacters(text: usize): u32 {
  const bytes = bytesOf(text);
  let count: u32 = 0;
  for (let i: u32 = 0; i < lengthOf(text); ++i) if ((load<u8>(bytes + i) & 0xc0) != 0x80) ++count;
  return count;
}

/** The length that JavaScript knows: characters beyond U+FFFF count twice. */
export function countUnits(text: usize): u32 {
  const bytes = bytesOf(text);
  let count: u32 = 0;
  for (let i: u32 = 0; i < lengthOf(text); ++i) {
    const byte = load<u8>(bytes + i);
    if ((byte & 0xc0) != 0x80) count += byte >= 0xf0 ? 2 : 1;
  }
  return count;
}

/** The offset of the character with so many before it; the end if there are fewer. */
export function offsetOf(text: usize, characters: u32): u32 {
  const length = lengthOf(text);
  let offset: u32 = 0;
  for (let left = characters; left > 0 && offset < length; --left) offset += characterBytes(text, offset);
  return min(offset, length);
}

/** Characters before an offset. */
export function placeOfOffset(text: usize, offset: u32): u32 {
  const bytes = bytesOf(text);
  let count: u32 = 0;
  for (let i: u32 = 0; i < offset; ++i) if ((load<u8>(bytes + i) & 0xc0) != 0x80) ++count;
  return count;
}
