/**
 * The escapes of llama.cpp's command line, which it resolves in prompts unless `--no-escape` is given: `\n`, `\r`, `\t`,
 * `\'`, `\"`, `\\` and `\x` with two hexadecimal digits. A backslash before anything else stays.
 */
import { Text } from '../../ic/candid/values';

const BACKSLASH: u8 = 0x5c;

function hexadecimal(code: u32): i32 {
  if (code - 0x30 < 10) return code - 0x30;
  const letter = code | 0x20;
  return letter - 0x61 < 6 ? letter - 0x61 + 10 : -1;
}

/** What a character after a backslash stands for, or -1. */
function meaning(code: u8): i32 {
  if (code == 0x6e) return 0x0a;
  if (code == 0x72) return 0x0d;
  if (code == 0x74) return 0x09;
  return code == 0x27 || code == 0x22 || code == BACKSLASH ? code : -1;
}

/** Resolves the escapes in place, in the memory of the text; returns the resulting text. */
export function resolveEscapes(text: Text): Text {
  const end = text.ptr + text.size;
  let to = text.ptr;
  for (let from = text.ptr; from < end; ++from) {
    const code = load<u8>(from);
    if (code != BACKSLASH || from + 1 == end) {
      store<u8>(to++, code);
      continue;
    }
    const next = load<u8>(++from);
    const plain = meaning(next);
    if (plain >= 0) {
      store<u8>(to++, <u8>plain);
      continue;
    }
    if (next == 0x78 && from + 2 < end) {
      const high = hexadecimal(load<u8>(from, 1));
      const low = hexadecimal(load<u8>(from, 2));
      if (high >= 0 && low >= 0) {
        store<u8>(to++, <u8>((high << 4) | low));
        from += 2;
        continue;
      }
    }
    // Bytes up to here were read already.
    store<u8>(to++, BACKSLASH);
    store<u8>(to++, next);
  }
  return new Text(text.ptr, <u32>(to - text.ptr));
}
