/** Eight bytes without the high bit are eight ASCII characters. */
const HIGH_BITS: u64 = 0x8080808080808080;

// @ts-ignore: decorator
@inline
function continues(ptr: usize): bool {
  return (load<u8>(ptr) & 0xc0) == 0x80;
}

/**
 * Whether `size` bytes are well-formed UTF-8: no surrogates, nothing overlong, nothing over U+10FFFF
 * (Unicode 16, table 3-7).
 */
export function isUtf8(ptr: usize, size: u32): bool {
  const end = ptr + size;
  while (ptr < end) {
    const first = load<u8>(ptr);
    if (first < 0x80) {
      while (ptr + 8 <= end && (load<u64>(ptr) & HIGH_BITS) == 0) ptr += 8;
      while (ptr < end && load<u8>(ptr) < 0x80) ++ptr;
      continue;
    }
    const left = end - ptr;
    if (first < 0xc2) return false;
    if (first < 0xe0) {
      if (left < 2 || !continues(ptr + 1)) return false;
      ptr += 2;
      continue;
    }
    if (first < 0xf0) {
      if (left < 3 || !continues(ptr + 1) || !continues(ptr + 2)) return false;
      const second = load<u8>(ptr + 1);
      if (first == 0xe0 && second < 0xa0) return false;
      if (first == 0xed && second > 0x9f) return false;
      ptr += 3;
      continue;
    }
    if (first > 0xf4 || left < 4 || !continues(ptr + 1) || !continues(ptr + 2) || !continues(ptr + 3)) return false;
    const second = load<u8>(ptr + 1);
    if (first == 0xf0 && second < 0x90) return false;
    if (first == 0xf4 && second > 0x8f) return false;
    ptr += 4;
  }
  return true;
}
