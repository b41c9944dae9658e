import { RUNS } from './unicode.generated';

/** Class bits of the code points below 0x80, the most frequent ones. */
const asciiClasses: StaticArray<u8> = asciiTable();

function asciiTable(): StaticArray<u8> {
  const table = new StaticArray<u8>(128);
  for (let point: u32 = 0; point < 128; ++point) table[point] = <u8>search(point);
  return table;
}

function search(point: u32): u32 {
  let low = 0;
  let high = RUNS.length;
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if (unchecked(RUNS[middle]) >> 6 <= point) low = middle;
    else high = middle;
  }
  return unchecked(RUNS[low]) & 63;
}

/** Unicode classes of a code point: LETTER, NUMBER, PUNCTUATION, SYMBOL, MARK, WHITESPACE (unicode.generated.ts). */
export function characterClass(point: u32): u32 {
  return point < 128 ? <u32>unchecked(asciiClasses[point]) : search(point);
}
