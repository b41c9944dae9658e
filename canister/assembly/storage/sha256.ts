/** SHA-256 (FIPS 180-4) in pieces. A state is eight 32-bit words, 32 bytes, after a whole number of blocks. */
import { compress } from './sha256-compress.generated';

/** Bytes of a block. */
export const BLOCK: u32 = 64;

const HEX: string = '0123456789abcdef';
const padded: usize = memory.data(128, 16);
const last: usize = memory.data(32, 16);

const INITIAL: StaticArray<u32> = [
  0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
];

/** Makes the 32 bytes at `state` the state before the first block. */
export function start(state: usize): void {
  memory.copy(state, changetype<usize>(INITIAL), 32);
}

/** Brings a state forward by `blocks` blocks: 73 instructions a byte. */
export function update(state: usize, data: usize, blocks: u32): void {
  compress(state, data, blocks);
}

/**
 * The digest of a message of `length` bytes, as 64 hexadecimal digits: `state` covers its whole blocks, `rest` has the
 * `length % 64` bytes after them. The state is left as it is, so that the message can go on.
 */
export function finish(state: usize, rest: usize, length: u64): string {
  const size = <usize>(length % BLOCK);
  // A one bit, zeros, and the length in bits in the last eight bytes.
  const blocks: u32 = size < 56 ? 1 : 2;
  memory.fill(padded, 0, 128);
  memory.copy(padded, rest, size);
  store<u8>(padded + size, 0x80);
  store<u64>(padded + <usize>(blocks * BLOCK) - 8, bswap<u64>(length * 8));
  memory.copy(last, state, 32);
  compress(last, padded, blocks);
  let text = '';
  for (let i: usize = 0; i < 32; ++i) {
    // The words are big endian.
    const byte = load<u8>(last + (i ^ 3));
    text += HEX.charAt(byte >> 4) + HEX.charAt(byte & 15);
  }
  return text;
}

/** The digest of a short message that is given, as the answer is, in hexadecimal digits. */
export function sha256OfHex(message: string): string {
  const bytes = message.length >> 1;
  const data = new StaticArray<u8>(bytes);
  for (let i = 0; i < bytes; ++i) data[i] = <u8>parseInt(message.substr(2 * i, 2), 16);
  const state = new StaticArray<u8>(32);
  const whole = <u32>bytes / BLOCK;
  start(changetype<usize>(state));
  update(changetype<usize>(state), changetype<usize>(data), whole);
  return finish(changetype<usize>(state), changetype<usize>(data) + <usize>(whole * BLOCK), bytes);
}
