import { encode } from '../../utf8';
import { Arena } from './arena';
import { plainText } from './texts';

/** The text of a string in a template, its escapes resolved as Python does: an unknown one stays as it is written. */
export function literalText(arena: Arena, from: usize, length: u32): usize {
  // An escape is never shorter than its character.
  const bytes = arena.take(length);
  if (bytes == 0) return plainText(arena, 0, 0, true);
  const end = from + length;
  let to = bytes;
  for (let at = from; at < end;) {
    const byte = load<u8>(at);
    if (byte != 0x5c || at + 1 >= end) {
      store<u8>(to++, byte);
      ++at;
      continue;
    }
    const code: u32 = load<u8>(at + 1);
    const simple = simpleEscape(code);
    const digits: u32 = code == 0x78 ? 2 : code == 0x75 ? 4 : code == 0x55 ? 8 : 0;
    let point = digits > 0 ? hexadecimal(at + 2, end, digits) : -1;
    if (simple >= 0) {
      store<u8>(to++, <u8>simple);
      at += 2;
    } else if (code == 0x0a) {
      // A line that goes on.
      at += 2;
    } else if (point >= 0) {
      at += 2 + digits;
      if ((point & 0xfffffc00) == 0xd800 && at + 5 < end && load<u16>(at) == 0x755c) {
        const low = hexadecimal(at + 2, end, 4);
        if ((low & 0xfffffc00) == 0xdc00) {
          point = 0x10000 + ((point - 0xd800) << 10) + (low - 0xdc00);
          at += 6;
        }
      }
      if ((point & 0xfffff800) == 0xd800) point = 0xfffd;
      to += encode(point, to);
    } else {
      store<u8>(to++, byte);
      ++at;
    }
  }
  return plainText(arena, bytes, <u32>(to - bytes), true);
}

function simpleEscape(code: u32): i32 {
  switch (code) {
    case 0x6e:
      return 0x0a;
    case 0x74:
      return 0x09;
    case 0x72:
      return 0x0d;
    case 0x62:
      return 0x08;
    case 0x66:
      return 0x0c;
    case 0x76:
      return 0x0b;
    case 0x61:
      return 0x07;
    case 0x30:
      return 0;
    case 0x27:
    case 0x22:
    case 0x5c:
      return code;
    default:
      return -1;
  }
}

/** The character of so many hexadecimal digits; -1 if they are none. */
function hexadecimal(from: usize, end: usize, digits: u32): i32 {
  if (<usize>digits > end - from) return -1;
  let point: u32 = 0;
  for (let i: usize = 0; i < digits; ++i) {
    const byte: u32 = load<u8>(from + i);
    const letter = byte | 0x20;
    if (byte - 0x30 < 10) point = (point << 4) | (byte - 0x30);
    else if (letter - 0x61 < 6) point = (point << 4) | (letter - 0x57);
    else return -1;
  }
  return point > 0x10ffff ? -1 : point;
}
