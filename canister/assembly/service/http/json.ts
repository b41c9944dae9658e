/** Texts in JSON (RFC 8259, section 7). */

const HEX: string = '0123456789abcdef';
/** The most UTF-16 units of an escaped unit: \u001f. */
const LONGEST: usize = 6;

/** A JSON string. It is built in one piece, because appending to a string copies all of it. */
export function quoted(text: string): string {
  const units = new ArrayBuffer(<i32>(2 * (LONGEST * <usize>text.length + 2)));
  const start = changetype<usize>(units);
  let at = start;
  store<u16>(at, 0x22);
  for (let i = 0; i < text.length; ++i) {
    const code = text.charCodeAt(i);
    if (code == 0x22 || code == 0x5c) {
      store<u16>(at, 0x5c, 2);
      store<u16>(at, <u16>code, 4);
      at += 4;
    } else if (code >= 0x20 && code != 0x2028 && code != 0x2029 && (code < 0xd800 || code > 0xdfff)) {
      store<u16>(at, <u16>code, 2);
      at += 2;
    } else {
      store<u16>(at, 0x5c, 2);
      store<u16>(at, 0x75, 4);
      for (let digit = 0; digit < 4; ++digit) {
        store<u16>(at + 6 + 2 * <usize>digit, <u16>HEX.charCodeAt((code >> (12 - 4 * digit)) & 15));
      }
      at += 2 * LONGEST;
    }
  }
  store<u16>(at, 0x22, 2);
  return String.UTF16.decodeUnsafe(start, at + 4 - start);
}
