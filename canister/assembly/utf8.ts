/**
 * UTF-8 as llama.cpp's tokenizers read it (`unicode_cpts_from_utf8`): a byte that does not begin a character counts as
 * U+FFFD and the next byte is tried anew; overlong forms and surrogates are decoded to the code points that they spell.
 * If llama.cpp gives up (code points beyond U+10FFFF), each byte counts as ill-formed.
 */

export const REPLACEMENT: u32 = 0xfffd;

/** `decode` returns the code point in the low 24 bits and the length in bytes above them. */
export const DECODED_LENGTH_SHIFT: u32 = 24;
export const DECODED_CODE_POINT: u32 = 0xffffff;

// @ts-ignore: decorator
@inline
function continues(ptr: usize): bool {
  return (load<u8>(ptr) & 0xc0) == 0x80;
}

// @ts-ignore: decorator
@inline
function tail(ptr: usize): u32 {
  return load<u8>(ptr) & 0x3f;
}

/** The character at `ptr` (< `end`): code point | bytes << 24. */
export function decode(ptr: usize, end: usize): u32 {
  const lead: u32 = load<u8>(ptr);
  if (lead < 0x80) return lead | (1 << DECODED_LENGTH_SHIFT);
  const left = end - ptr;
  if (lead >= 0xc0 && lead < 0xe0 && left >= 2 && continues(ptr + 1)) {
    return ((lead & 0x1f) << 6) | tail(ptr + 1) | (2 << DECODED_LENGTH_SHIFT);
  }
  if (lead >= 0xe0 && lead < 0xf0 && left >= 3 && continues(ptr + 1) && continues(ptr + 2)) {
    return ((lead & 0x0f) << 12) | (tail(ptr + 1) << 6) | tail(ptr + 2) | (3 << DECODED_LENGTH_SHIFT);
  }
  if (lead >= 0xf0 && lead < 0xf8 && left >= 4 && continues(ptr + 1) && continues(ptr + 2) && continues(ptr + 3)) {
    const point = ((lead & 0x07) << 18) | (tail(ptr + 1) << 12) | (tail(ptr + 2) << 6) | tail(ptr + 3);
    if (point <= 0x10ffff) return point | (4 << DECODED_LENGTH_SHIFT);
  }
  return REPLACEMENT | (1 << DECODED_LENGTH_SHIFT);
}

/** Writes a code point at `dst` and returns the bytes written, 1 to 4. */
export function encode(point: u32, dst: usize): u32 {
  if (point < 0x80) {
    store<u8>(dst, point);
    return 1;
  }
  if (point < 0x800) {
    store<u8>(dst, 0xc0 | (point >> 6));
    store<u8>(dst, 0x80 | (point & 0x3f), 1);
    return 2;
  }
  if (point < 0x10000) {
    store<u8>(dst, 0xe0 | (point >> 12));
    store<u8>(dst, 0x80 | ((point >> 6) & 0x3f), 1);
    store<u8>(dst, 0x80 | (point & 0x3f), 2);
    return 3;
  }
  store<u8>(dst, 0xf0 | (point >> 18));
  store<u8>(dst, 0x80 | ((point >> 12) & 0x3f), 1);
  store<u8>(dst, 0x80 | ((point >> 6) & 0x3f), 2);
  store<u8>(dst, 0x80 | (point & 0x3f), 3);
  return 4;
}

/** Bytes of a character according to its first byte, as llama.cpp cuts text into symbols (`unicode_len_utf8`). */
export function lengthByLead(lead: u8): u32 {
  if (lead < 0xc0) return 1;
  if (lead < 0xe0) return 2;
  return lead < 0xf0 ? 3 : 4;
}
