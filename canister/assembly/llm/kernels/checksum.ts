/**
 * A checksum of bytes that depends on their order. Every step maps the sum before it one to one, and the bytes too, so damage
 * within one group of 16 bytes is always noticed. 0.23 instructions a byte.
 */

/** Bytes of the state. */
export const CHECKSUM_BYTES: usize = 16;

/** Odd numbers, by which multiplying loses nothing. */
const PRIME: u64 = 0x9e3779b97f4a7c15;

/** Begins the checksum of something that a number tells from others. */
export function beginChecksum(state: usize, number: u64): void {
  store<u64>(state, number);
  store<u64>(state, ~number, 8);
}

/** Adds `size` bytes, a multiple of 16, to the state. */
export function addToChecksum(state: usize, from: usize, size: usize): void {
  const prime = i64x2.splat(PRIME);
  let sum = v128.load(state);
  const end = from + size;
  const most = from + (size & ~255);
  while (from < most) {
    sum = i64x2.add(sum, v128.load(from));
    sum = v128.xor(sum, v128.load(from, 16));
    sum = i64x2.add(sum, v128.load(from, 32));
    sum = v128.xor(sum, v128.load(from, 48));
    sum = i64x2.add(sum, v128.load(from, 64));
    sum = v128.xor(sum, v128.load(from, 80));
    sum = i64x2.add(sum, v128.load(from, 96));
    sum = v128.xor(sum, v128.load(from, 112));
    sum = i64x2.add(sum, v128.load(from, 128));
    sum = v128.xor(sum, v128.load(from, 144));
    sum = i64x2.add(sum, v128.load(from, 160));
    sum = v128.xor(sum, v128.load(from, 176));
    sum = i64x2.add(sum, v128.load(from, 192));
    sum = v128.xor(sum, v128.load(from, 208));
    sum = i64x2.add(sum, v128.load(from, 224));
    sum = v128.xor(sum, v128.load(from, 240));
    sum = i64x2.mul(sum, prime);
    sum = v128.xor(sum, i64x2.shr_u(sum, 29));
    from += 256;
  }
  for (; from < end; from += 16) {
    sum = i64x2.mul(i64x2.add(sum, v128.load(from)), prime);
  }
  v128.store(state, sum);
}

/** The checksum; never 0. */
export function endChecksum(state: usize): u64 {
  const high = load<u64>(state, 8);
  const sum = (load<u64>(state) * PRIME) ^ (high * PRIME) ^ (high >> 31);
  return sum == 0 ? 1 : sum;
}
