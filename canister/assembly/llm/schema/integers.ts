/** Whole numbers between two bounds, as GBNF over their decimal digits. */

/** Digits of the longest number that is written. */
const MOST_DIGITS: i32 = 16;
/** Bounds are less than this. */
export const INTEGER_LIMIT: i64 = 1_000_000_000_000_000;

/** `[a-b]`, or `[a]`. */
function digit(low: i32, high: i32): string {
  const first = String.fromCharCode(low);
  return low == high ? `[${first}]` : `[${first}-${String.fromCharCode(high)}]`;
}

function digits(count: i32): string {
  return count == 0 ? '' : ` [0-9]{${count}}`;
}

/** The numbers between two of as many digits. */
function between(low: string, high: string): string {
  const first = low.charCodeAt(0);
  const last = high.charCodeAt(0);
  const rest = low.length - 1;
  if (rest == 0) return digit(first, last);
  const zeros = '0'.repeat(rest);
  const nines = '9'.repeat(rest);
  const lowRest = low.substring(1);
  const highRest = high.substring(1);
  if (lowRest == zeros && highRest == nines) return digit(first, last) + digits(rest);
  if (first == last) return `${digit(first, first)} (${between(lowRest, highRest)})`;
  const parts: string[] = [];
  const fromLow = lowRest == zeros ? 0 : 1;
  const toHigh = highRest == nines ? 0 : 1;
  if (fromLow == 1) parts.push(`${digit(first, first)} (${between(lowRest, nines)})`);
  if (first + fromLow <= last - toHigh) parts.push(digit(first + fromLow, last - toHigh) + digits(rest));
  if (toHigh == 1) parts.push(`${digit(last, last)} (${between(zeros, highRest)})`);
  return parts.join(' | ');
}

/** The numbers from `low` >= 0 to `high`, which is at least as much, or without bound if it is negative. */
function natural(low: i64, high: i64): string {
  const parts: string[] = [];
  let from = low.toString();
  const to = high < 0 ? '' : high.toString();
  while (to.length == 0 || from.length < to.length) {
    if (from.length == MOST_DIGITS) break;
    parts.push(between(from, '9'.repeat(from.length)));
    from = '1' + '0'.repeat(from.length);
    if (to.length > 0) continue;
    parts.push(`[1-9] [0-9]{${from.length - 1},${MOST_DIGITS - 1}}`);
    break;
  }
  if (to.length > 0) parts.push(between(from, to));
  return parts.join(' | ');
}

/**
 * The whole numbers from `low` to `high`, where `hasLow` and `hasHigh`: alternatives without parentheses; empty if there
 * are none. Numbers without bound have up to 16 digits.
 */
export function integersBetween(hasLow: bool, low: i64, hasHigh: bool, high: i64): string {
  if (hasLow && hasHigh && low > high) return '';
  const parts: string[] = [];
  if (!hasLow || low < 0) {
    const least = hasHigh && high < 0 ? -high : 1;
    parts.push(`"-" (${natural(least, hasLow ? -low : -1)})`);
  }
  if (!hasHigh || high >= 0) parts.push(natural(hasLow && low > 0 ? low : 0, hasHigh ? high : -1));
  return parts.join(' | ');
}
