/** "▁" (U+2581), which stands for a space in the texts of SentencePiece's tokens, as its three bytes. */
export const ESCAPED_SPACE: u32 = 0x2581;
export const ESCAPED_SPACE_BYTES: u32 = 3;

export function storeEscapedSpace(dst: usize): void {
  store<u16>(dst, 0x96e2);
  store<u8>(dst, 0x81, 2);
}

/** Copies a token's text with its escaped spaces as spaces; returns the bytes, at most `length`. */
export function unescapeSpaces(text: usize, length: u32, dst: usize): u32 {
  let written: u32 = 0;
  for (let i: u32 = 0; i < length;) {
    if (length - i >= ESCAPED_SPACE_BYTES && load<u16>(text + i) == 0x96e2 && load<u8>(text + i, 2) == 0x81) {
      store<u8>(dst + written++, 0x20);
      i += ESCAPED_SPACE_BYTES;
    } else {
      store<u8>(dst + written++, load<u8>(text + i++));
    }
  }
  return written;
}
