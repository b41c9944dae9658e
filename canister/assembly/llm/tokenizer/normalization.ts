import { BASE, CONTROLS, LOWER } from './normalization.generated';

/** Set if each code point of a run maps to the next of another run, not if all map to the same one. */
const STEPS: u32 = 0x80000000;

/** Index of the last row of `width` numbers with a first number of at most `point`; -1 if there is none. */
function row(table: StaticArray<u32>, width: i32, point: u32): i32 {
  let low = -1;
  let high = table.length / width;
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if (unchecked(table[middle * width]) <= point) low = middle;
    else high = middle;
  }
  return low * width;
}

function mapped(table: StaticArray<u32>, point: u32): u32 {
  const at = row(table, 3, point);
  if (at < 0 || unchecked(table[at + 1]) < point) return point;
  const to = unchecked(table[at + 2]);
  return (to & STEPS) != 0 ? (to & ~STEPS) + point - unchecked(table[at]) : to;
}

/** The small letter of a code point, or the code point. */
export function lowerOf(point: u32): u32 {
  return mapped(LOWER, point);
}

/** The first character of a code point's decomposition: the letter without its accents. */
export function baseOf(point: u32): u32 {
  return mapped(BASE, point);
}

/** Controls, formats, and code points for private use. */
export function isControl(point: u32): bool {
  const at = row(CONTROLS, 2, point);
  return at >= 0 && unchecked(CONTROLS[at + 1]) >= point;
}
