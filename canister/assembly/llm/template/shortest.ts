/**
 * The fewest decimal digits that identify a number, and of those the nearest (Steele and White's algorithm in the
 * version of Burger and Dybvig, with integers of sufficient length). Templates calculate few numbers.
 *
 * A long integer is [ u32 ] * WORDS, the lowest word first.
 */

/** 1200 bits: of the largest number twice, with room for a digit. */
const WORDS: i32 = 38;
const BYTES: usize = 152;

const numerator: usize = memory.data(152, 8);
const denominator: usize = memory.data(152, 8);
const above: usize = memory.data(152, 8);
const below: usize = memory.data(152, 8);
const spare: usize = memory.data(152, 8);

/** Words that the number at hand needs; those above are 0. */
let words: i32 = WORDS;

/** Digits of the number that was taken apart last, as bytes of their values. */
export const digits: usize = memory.data(24, 8);
/** Digits before the point; 0 or less for a number below 1. */
export let point: i32 = 0;

// @ts-ignore: decorator
@inline
function word(long: usize, index: i32): usize {
  return long + ((<usize>index) << 2);
}

function setShifted(long: usize, value: u64, bits: i32): void {
  memory.fill(long, 0, BYTES);
  const at = bits >> 5;
  const shift = bits & 31;
  store<u32>(word(long, at), <u32>(value << shift));
  store<u32>(word(long, at + 1), <u32>(shift == 0 ? value >> 32 : (value << shift) >> 32));
  store<u32>(word(long, at + 2), shift == 0 ? 0 : <u32>(value >> (64 - shift)));
}

function multiply(long: usize, factor: u32): void {
  let carry: u64 = 0;
  for (let i = 0; i < words; ++i) {
    carry += <u64>load<u32>(word(long, i)) * factor;
    store<u32>(word(long, i), <u32>carry);
    carry >>= 32;
  }
}

function add(long: usize, other: usize): void {
  let carry: u64 = 0;
  for (let i = 0; i < words; ++i) {
    carry += <u64>load<u32>(word(long, i)) + load<u32>(word(other, i));
    store<u32>(word(long, i), <u32>carry);
    carry >>= 32;
  }
}

function subtract(long: usize, other: usize): void {
  let borrow: i64 = 0;
  for (let i = 0; i < words; ++i) {
    borrow += <i64>load<u32>(word(long, i)) - <i64>load<u32>(word(other, i));
    store<u32>(word(long, i), <u32>borrow);
    borrow >>= 32;
  }
}

function compare(a: usize, b: usize): i32 {
  for (let i = words - 1; i >= 0; --i) {
    const left = load<u32>(word(a, i));
    const right = load<u32>(word(b, i));
    if (left != right) return left < right ? -1 : 1;
  }
  return 0;
}

/** Compares the sum of two with a third. */
function compareSum(a: usize, b: usize, c: usize): i32 {
  memory.copy(spare, a, BYTES);
  add(spare, b);
  return compare(spare, c);
}

/** How many steps it takes to find the digits of a number. */
export function stepsOf(float: f64): u32 {
  const exponent = <i32>((reinterpret<u64>(float) >> 52) & 0x7ff) - 1075;
  return (abs(exponent) + 160) << 1;
}

/** Finds the digits of a positive number that is finite; how many there are. */
export function takeApart(float: f64): i32 {
  const bits = reinterpret<u64>(float);
  const exponentBits = <i32>(bits >> 52);
  const fraction = bits & 0xfffffffffffff;
  const mantissa = exponentBits == 0 ? fraction : fraction | 0x10000000000000;
  const exponent = max(exponentBits, 1) - 1075;
  const isEven = (mantissa & 1) == 0;
  // At a power of two the number below is only half as far.
  const isUneven = fraction == 0 && exponentBits > 1;
  const extra = isUneven ? 2 : 1;
  words = min(WORDS, (abs(exponent) + 160) >> 5);
  setShifted(numerator, mantissa, max(exponent, 0) + extra);
  setShifted(denominator, 1, max(-exponent, 0) + extra);
  setShifted(above, 1, max(exponent, 0) + extra - 1);
  setShifted(below, 1, max(exponent, 0));
  point = 0;
  while (isBeyond(isEven)) {
    multiply(denominator, 10);
    ++point;
  }
  for (;;) {
    multiply(numerator, 10);
    multiply(above, 10);
    multiply(below, 10);
    if (isBeyond(isEven)) break;
    --point;
  }
  return generate(isEven);
}

/** Whether what is to be written, or the highest that may stand for it, is not below one. */
function isBeyond(isEven: bool): bool {
  const order = compareSum(numerator, above, denominator);
  return isEven ? order >= 0 : order > 0;
}

function generate(isEven: bool): i32 {
  let count = 0;
  // Seventeen are always enough.
  while (count < 17) {
    let digit: u32 = 0;
    while (compare(numerator, denominator) >= 0) {
      subtract(numerator, denominator);
      ++digit;
    }
    const low = compare(numerator, below);
    const high = compareSum(numerator, above, denominator);
    const mayEnd = isEven ? low <= 0 : low < 0;
    const mayRise = isEven ? high >= 0 : high > 0;
    if (mayEnd || mayRise) {
      const rises = mayRise && (!mayEnd || compareSum(numerator, numerator, denominator) >= 0);
      store<u8>(digits + count, <u8>(digit + u32(rises)));
      return count + 1;
    }
    store<u8>(digits + count++, <u8>digit);
    multiply(numerator, 10);
    multiply(above, 10);
    multiply(below, 10);
  }
  return count;
}
