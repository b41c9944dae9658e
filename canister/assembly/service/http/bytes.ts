/** Byte strings in the managed heap, for HTTP certification. */

export function utf8(text: string): ArrayBuffer {
  return String.UTF8.encode(text);
}

export function concat(parts: ArrayBuffer[]): ArrayBuffer {
  let size = 0;
  for (let i = 0; i < parts.length; ++i) size += parts[i].byteLength;
  const all = new ArrayBuffer(size);
  let at = changetype<usize>(all);
  for (let i = 0; i < parts.length; ++i) {
    memory.copy(at, changetype<usize>(parts[i]), parts[i].byteLength);
    at += parts[i].byteLength;
  }
  return all;
}

/** Compares by bytes, then by length: negative, zero or positive. */
export function compare(a: ArrayBuffer, b: ArrayBuffer): i32 {
  const common = memory.compare(changetype<usize>(a), changetype<usize>(b), min(a.byteLength, b.byteLength));
  return common != 0 ? common : a.byteLength - b.byteLength;
}

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
