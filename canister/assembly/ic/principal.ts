import { is_controller } from './ic0';

/** The longest principal, in bytes. */
export const MAX_PRINCIPAL: u32 = 29;

const ALPHABET: string = 'abcdefghijklmnopqrstuvwxyz234567';
/** Characters between two dashes. */
const GROUP: i32 = 5;

/** CRC-32 of IEEE 802.3, which a principal's text starts with. */
function crc32(ptr: usize, size: u32): u32 {
  let crc: u32 = 0xffffffff;
  for (let i: u32 = 0; i < size; ++i) {
    crc ^= load<u8>(ptr + i);
    for (let bit = 0; bit < 8; ++bit) crc = (crc >>> 1) ^ (0xedb88320 & (0 - (crc & 1)));
  }
  return ~crc;
}

/** Value of a base32 character (RFC 4648, lower case), or -1. */
function digit(code: i32): i32 {
  if (code >= 0x61 && code <= 0x7a) return code - 0x61;
  if (code >= 0x32 && code <= 0x37) return code - 0x32 + 26;
  return -1;
}

/**
 * Who calls or is called: 0 to 29 opaque bytes. The textual form is lower case base32 of a CRC-32 (big endian) and the
 * bytes, in groups of five characters (interface specification, "Textual representation of principals").
 */
export class Principal {
  constructor(private readonly bytes: ArrayBuffer) {}

  /** Copies `size` (at most 29) bytes. */
  static fromBytes(ptr: usize, size: u32): Principal {
    const bytes = new ArrayBuffer(size);
    memory.copy(changetype<usize>(bytes), ptr, size);
    return new Principal(bytes);
  }

  /** The principal that a text stands for, or null if it is not the canonical text of one. */
  static parse(text: string): Principal | null {
    // 33 bytes are 53 characters and 10 dashes.
    if (text.length > 63) return null;
    const bytes = new ArrayBuffer(40);
    const ptr = changetype<usize>(bytes);
    let size: u32 = 0;
    let bits: u32 = 0;
    let pending: u32 = 0;
    for (let i = 0; i < text.length; ++i) {
      const code = text.charCodeAt(i);
      if (code == 0x2d) continue;
      const value = digit(code);
      if (value < 0) return null;
      pending = (pending << 5) | (<u32>value);
      bits += 5;
      if (bits >= 8) {
        bits -= 8;
        store<u8>(ptr + size++, pending >>> bits);
        pending &= (1 << bits) - 1;
      }
    }
    if (size < 4 || size > 4 + MAX_PRINCIPAL) return null;
    const principal = Principal.fromBytes(ptr + 4, size - 4);
    // A principal has exactly one text, so this comparison checks the checksum, the dashes and the leftover bits at
    // once.
    return principal.toString() == text ? principal : null;
  }

  get ptr(): usize {
    return changetype<usize>(this.bytes);
  }

  get size(): u32 {
    return this.bytes.byteLength;
  }

  get isAnonymous(): bool {
    return this.size == 1 && load<u8>(this.ptr) == 4;
  }

  get isController(): bool {
    return is_controller(this.ptr, this.size) != 0;
  }

  equals(other: Principal): bool {
    return this.size == other.size && memory.compare(this.ptr, other.ptr, this.size) == 0;
  }

  toString(): string {
    const checked = new ArrayBuffer(<i32>this.size + 4);
    const ptr = changetype<usize>(checked);
    store<u32>(ptr, bswap<u32>(crc32(this.ptr, this.size)));
    memory.copy(ptr + 4, this.ptr, this.size);
    let text = '';
    let bits: u32 = 0;
    let pending: u32 = 0;
    let written = 0;
    for (let i: u32 = 0; i < this.size + 4; ++i) {
      pending = (pending << 8) | load<u8>(ptr + i);
      bits += 8;
      while (bits >= 5) {
        bits -= 5;
        if (written > 0 && written % GROUP == 0) text += '-';
        text += ALPHABET.charAt((pending >>> bits) & 31);
        pending &= (1 << bits) - 1;
        ++written;
      }
    }
    if (bits > 0) {
      if (written % GROUP == 0) text += '-';
      text += ALPHABET.charAt((pending << (5 - bits)) & 31);
    }
    return text;
  }
}
