/** Bits of the numbers that one pass distinguishes, for many numbers and for few. */
const DIGIT: u32 = 11;
const FEW_DIGIT: u32 = 6;
const FEW: u32 = 1024;
/** Weights of the numbers with each digit, [ f64 ] * 2^DIGIT. */
const sums: usize = memory.data(16384, 8);

/** Bytes of memory that `leastReaching` needs besides the numbers. */
export function selectionBytes(count: u32): usize {
  return (<usize>count) << 2;
}

/**
 * The greatest numbers whose weights together reach `target`: returns the least of them, or the least with a weight if
 * all together do not reach it. By a radix select: a pass adds up the weights by the first bits in which the numbers
 * differ, and the next one looks only at the group in whose sum the target is reached.
 *
 * @param numbers   [ u64 ] * count, all different, at least one
 * @param weights   [ f32 ] * count; 0: each weighs 1
 * @param isOver    whether the target has to be exceeded
 * @param spare     `selectionBytes(count)` bytes
 */
export function leastReaching(
  numbers: usize,
  weights: usize,
  count: u32,
  target: f64,
  isOver: bool,
  spare: usize,
): u64 {
  const end = spare + ((<usize>count) << 2);
  for (let at = spare, i: u32 = 0; at < end; at += 4, ++i) store<u32>(at, i);
  let left = end;
  let reached: f64 = 0;
  for (let differing = difference(numbers, spare, left); differing != 0; differing = difference(numbers, spare, left)) {
    const bits = 64 - <u32>clz(differing);
    const width = min<u32>(bits, left - spare > FEW << 2 ? DIGIT : FEW_DIGIT);
    const shift = <u64>(bits - width);
    const digits: u64 = 1 << (<u64>width);
    addUp(numbers, weights, spare, left, shift, digits - 1);
    let chosen: u64 = 0;
    for (let digit = digits; digit > 0;) {
      const sum = load<f64>(sums + ((<usize>--digit) << 3));
      if (sum == 0) continue;
      chosen = digit;
      if (isOver ? reached + sum > target : reached + sum >= target) break;
      reached += sum;
    }
    let kept = spare;
    for (let at = spare; at < left; at += 4) {
      if (((numberOf(numbers, at) >> shift) & (digits - 1)) != chosen) continue;
      store<u32>(kept, load<u32>(at));
      kept += 4;
    }
    left = kept;
  }
  return numberOf(numbers, spare);
}

// @ts-ignore: decorator
@inline
function numberOf(numbers: usize, at: usize): u64 {
  return load<u64>(numbers + ((<usize>load<u32>(at)) << 3));
}

/** The bits that differ among the numbers with indices from `from` to `end`. */
function difference(numbers: usize, from: usize, end: usize): u64 {
  const first = numberOf(numbers, from);
  let differing: u64 = 0;
  for (let at = from; at < end; at += 4) differing |= first ^ numberOf(numbers, at);
  return differing;
}

/** Adds up the weights of the numbers with indices from `from` to `end`, by some of their bits. */
function addUp(numbers: usize, weights: usize, from: usize, end: usize, shift: u64, mask: u64): void {
  memory.fill(sums, 0, (<usize>mask + 1) << 3);
  for (let at = from; at < end; at += 4) {
    const sum = sums + ((<usize>((numberOf(numbers, at) >> shift) & mask)) << 3);
    const weight = weights == 0 ? 1 : <f64>load<f32>(weights + ((<usize>load<u32>(at)) << 2));
    store<f64>(sum, load<f64>(sum) + weight);
  }
}
