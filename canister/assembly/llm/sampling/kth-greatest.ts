import { fromOrderedBits } from '../ordered-bits';

/** Bits of the numbers' order that one pass distinguishes. */
const DIGIT: u32 = 11;
/** How many numbers have each digit, [ u32 ] * 2^DIGIT. */
const counts: usize = memory.data(8192, 16);

/**
 * The k-th greatest of numbers, by a radix select: a pass counts them by the first bits of their order
 * (ordered-bits.ts), and the next one looks only at the group that contains the k-th. Three passes are enough for any
 * numbers.
 *
 * @param numbers   [ f32 ] * size; NaN counts as -infinity
 * @param size      a remainder of up to three numbers is ignored: that can only make the result smaller
 * @param k         from 1 on; -infinity if there are fewer numbers
 */
export function kthGreatest(numbers: usize, size: u32, k: u32): f32 {
  const end = numbers + ((<usize>(size / 4)) << 4);
  if (k > (size / 4) * 4) return -Infinity;
  let low: u32 = 0;
  let left = k;
  for (let bits: u32 = 32; bits > 0;) {
    const shift = bits > DIGIT ? bits - DIGIT : 0;
    const digits: u32 = 1 << (bits - shift);
    countDigits(numbers, end, low >> shift, digits, shift);
    let digit = digits - 1;
    for (let count = countOf(digit); count < left; count = countOf(--digit)) left -= count;
    low |= digit << shift;
    bits = shift;
  }
  return fromOrderedBits(low);
}

/**
 * Counts, by their last digit, the numbers whose bits from `shift` up are from `first` to before `first` + `digits`.
 */
function countDigits(numbers: usize, end: usize, first: u32, digits: u32, shift: u32): void {
  memory.fill(counts, 0, (<usize>digits) << 2);
  const firsts = i32x4.splat(first);
  const limits = i32x4.splat(digits);
  const signs = i32x4.splat(0x80000000);
  const least = f32x4.splat(-Infinity);
  for (let at = numbers; at < end; at += 16) {
    // orderedBits of four; pmax(a, b) is a < b ? b : a.
    const number = f32x4.add(f32x4.pmax(least, v128.load(at)), f32x4.splat(0));
    const order = v128.xor(number, v128.or(i32x4.shr_s(number, 31), signs));
    const digit = i32x4.sub(i32x4.shr_u(order, shift), firsts);
    const within = i32x4.bitmask(i32x4.lt_u(digit, limits));
    if (within == 0) continue;
    if (within & 1) count(i32x4.extract_lane(digit, 0));
    if (within & 2) count(i32x4.extract_lane(digit, 1));
    if (within & 4) count(i32x4.extract_lane(digit, 2));
    if (within & 8) count(i32x4.extract_lane(digit, 3));
  }
}

// @ts-ignore: decorator
@inline
function countOf(digit: u32): u32 {
  return load<u32>(counts + ((<usize>digit) << 2));
}

// @ts-ignore: decorator
@inline
function count(digit: u32): void {
  const at = counts + ((<usize>digit) << 2);
  store<u32>(at, load<u32>(at) + 1);
}
