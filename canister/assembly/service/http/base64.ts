/** Bytes as text in headers. */

const ALPHABET: string = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Base64 with padding (RFC 4648, section 4). */
export function base64(bytes: ArrayBuffer): string {
  const size = bytes.byteLength;
  const text = new ArrayBuffer(((size + 2) / 3) * 4);
  const from = changetype<usize>(bytes);
  let to = changetype<usize>(text);
  for (let i = 0; i < size; i += 3) {
    let group = (<u32>load<u8>(from + i)) << 16;
    if (i + 1 < size) group |= (<u32>load<u8>(from + i + 1)) << 8;
    if (i + 2 < size) group |= <u32>load<u8>(from + i + 2);
    for (let digit = 0; digit < 4; ++digit) {
      const isPadding = i + digit > size;
      store<u8>(to++, isPadding ? 0x3d : <u8>ALPHABET.charCodeAt((group >> (18 - 6 * digit)) & 63));
    }
  }
  return String.UTF8.decode(text);
}
