/** The messages that the agent sends and reads, as Candid: a chat of two messages, and one text. */

/** `DIDL`, a table without types, one value: a text. */
const TEXT: StaticArray<u8> = [0x44, 0x49, 0x44, 0x4c, 0, 1, 0x71];

/**
 * `DIDL`, the types of `v0_chat`'s argument, one value: the record. A type's fields are in the order of their hashes.
 *
 *     0: variant { user; assistant; system }        1: record { content : text; role : 0 }
 *     2: vec 1                                      3: record { model : text; messages : 2 }
 */
const CHAT: StaticArray<u8> = [
  0x44, 0x49, 0x44, 0x4c, 4, 0x6b, 3, 0xcb, 0xa4, 0xb6, 0xed, 0x04, 0x7f, 0xde, 0xf3, 0xaa, 0xe6, 0x0c, 0x7f, 0xef,
  0xad, 0x8a, 0x97, 0x0f, 0x7f, 0x6c, 2, 0xb9, 0x9a, 0xde, 0xcb, 0x01, 0x71, 0xf6, 0xd6, 0xbb, 0xdd, 0x04, 0, 0x6d, 1,
  0x6c, 2, 0xa9, 0xc7, 0xe0, 0x62, 0x71, 0xcc, 0xb1, 0xf7, 0xa7, 0x03, 2, 1, 3,
];
const USER: u8 = 0;
const SYSTEM: u8 = 2;

/** Gathers the bytes of a message. */
class Writer {
  private bytes: u8[] = [];

  byte(value: u8): Writer {
    this.bytes.push(value);
    return this;
  }

  head(types: StaticArray<u8>): Writer {
    for (let i = 0; i < types.length; ++i) this.byte(types[i]);
    return this;
  }

  text(text: string): Writer {
    const utf8 = Uint8Array.wrap(String.UTF8.encode(text));
    let length: u32 = utf8.length;
    for (; length >= 0x80; length >>= 7) this.byte(<u8>(length | 0x80));
    this.byte(<u8>length);
    for (let i = 0; i < utf8.length; ++i) this.byte(utf8[i]);
    return this;
  }

  finish(): StaticArray<u8> {
    return StaticArray.fromArray(this.bytes);
  }
}

/** `(text)` */
export function encodeText(text: string): StaticArray<u8> {
  return new Writer().head(TEXT).text(text).finish();
}

/** The argument of `v0_chat`. */
export function encodeChat(model: string, system: string, question: string): StaticArray<u8> {
  const writer = new Writer().head(CHAT).text(model).byte(2);
  writer.text(system).byte(SYSTEM);
  return writer.text(question).byte(USER).finish();
}

/** The text of a `(text)`; null if the bytes are something else. */
export function decodeText(bytes: ArrayBuffer): string | null {
  const view = Uint8Array.wrap(bytes);
  for (let i = 0; i < TEXT.length; ++i) if (i >= view.length || view[i] != TEXT[i]) return null;
  let at = TEXT.length;
  let length: u64 = 0;
  for (let shift: u64 = 0; at < view.length && shift < 35; shift += 7) {
    const byte = view[at++];
    length |= (<u64>(byte & 0x7f)) << shift;
    if (byte < 0x80) break;
  }
  if (length != <u64>(view.length - at)) return null;
  return String.UTF8.decodeUnsafe(changetype<usize>(bytes) + at, <usize>length);
}
