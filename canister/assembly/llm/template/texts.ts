import { Arena } from './arena';

/**
 * A text in raw memory, with the sources of its bytes:
 *
 *     cell   [ address | bytes | runs | count of runs: u32 ]
 *     runs   [ offset << 1 | of the template: u32 ] * count     ascending, the first at 0
 *
 * A text from a single source has no runs: their address then is 0 for the data of messages, 1 for the template. Texts
 * never change, so a part of one shares its bytes.
 */

const TEXT_CELL: usize = 16;
const LENGTH: usize = 4;
const RUNS: usize = 8;
const COUNT: usize = 12;

// @ts-ignore: decorator
@inline
export function bytesOf(text: usize): usize {
  return load<u32>(text);
}

// @ts-ignore: decorator
@inline
export function lengthOf(text: usize): u32 {
  return load<u32>(text, LENGTH);
}

/** How many runs there are; 1 for a text of one source. */
// @ts-ignore: decorator
@inline
export function runsOf(text: usize): u32 {
  return max<u32>(1, load<u32>(text, COUNT));
}

/** A run as it is stored: its offset and its source. */
// @ts-ignore: decorator
@inline
export function runOf(text: usize, index: u32): u32 {
  if (load<u32>(text, COUNT) == 0) return load<u32>(text, RUNS);
  const runs: usize = load<u32>(text, RUNS);
  return load<u32>(runs + ((<usize>index) << 2));
}

/** The source of the byte at an offset. */
export function isTemplateAt(text: usize, offset: u32): bool {
  return (runOf(text, runAt(text, offset)) & 1) != 0;
}

/** The last run that begins at or before an offset. */
function runAt(text: usize, offset: u32): u32 {
  let low: u32 = 0;
  let high = runsOf(text);
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if (runOf(text, middle) >> 1 <= offset) low = middle;
    else high = middle;
  }
  return low;
}

/** A text of one source on bytes that are there already. */
export function plainText(arena: Arena, bytes: usize, length: u32, isTemplate: bool): usize {
  const text = arena.take(TEXT_CELL);
  store<u32>(text, <u32>bytes);
  store<u32>(text, length, LENGTH);
  store<u32>(text, u32(isTemplate), RUNS);
  store<u32>(text, 0, COUNT);
  return text;
}

/** A text with runs that are there already. */
export function mixedText(arena: Arena, bytes: usize, length: u32, runs: usize, count: u32): usize {
  if (count == 1) return plainText(arena, bytes, length, (load<u32>(runs) & 1) != 0);
  const text = arena.take(TEXT_CELL);
  store<u32>(text, <u32>bytes);
  store<u32>(text, length, LENGTH);
  store<u32>(text, <u32>runs, RUNS);
  store<u32>(text, count, COUNT);
  return text;
}

/** The bytes from `from` to `to` of a text. */
export function part(arena: Arena, text: usize, from: u32, to: u32): usize {
  const bytes = bytesOf(text) + from;
  if (load<u32>(text, COUNT) == 0) return plainText(arena, bytes, to - from, load<u32>(text, RUNS) != 0);
  const first = runAt(text, from);
  let last = first;
  while (last + 1 < runsOf(text) && runOf(text, last + 1) >> 1 < to) ++last;
  if (first == last) return plainText(arena, bytes, to - from, (runOf(text, first) & 1) != 0);
  const count = last - first + 1;
  const runs = arena.take((<usize>count) << 2);
  if (runs == 0) return plainText(arena, bytes, to - from, false);
  for (let i: u32 = 0; i < count; ++i) {
    const run = runOf(text, first + i);
    store<u32>(runs + ((<usize>i) << 2), i == 0 ? run & 1 : run - (from << 1));
  }
  return mixedText(arena, bytes, to - from, runs, count);
}

/** One text behind another. Often the bytes of the first are the last that were taken, and just go on. */
export function joined(arena: Arena, a: usize, b: usize): usize {
  const left = lengthOf(a);
  const right = lengthOf(b);
  if (right == 0) return a;
  if (left == 0) return b;
  let bytes = bytesOf(a);
  if (!arena.extend(bytes + left, right)) {
    bytes = arena.take(<usize>left + right);
    if (bytes == 0) return a;
    memory.copy(bytes, bytesOf(a), left);
  }
  memory.copy(bytes + left, bytesOf(b), right);
  const most = runsOf(a) + runsOf(b);
  const isOne = most == 2 && (runOf(a, 0) & 1) == (runOf(b, 0) & 1);
  if (isOne) return plainText(arena, bytes, left + right, (runOf(a, 0) & 1) != 0);
  const runs = arena.take((<usize>most) << 2);
  if (runs == 0) return a;
  let count: u32 = 0;
  for (; count < runsOf(a); ++count) store<u32>(runs + ((<usize>count) << 2), runOf(a, count));
  for (let i: u32 = 0; i < runsOf(b); ++i) {
    const run = runOf(b, i);
    if (i == 0 && (run & 1) == (runOf(a, runsOf(a) - 1) & 1)) continue;
    store<u32>(runs + ((<usize>count) << 2), run + (left << 1));
    ++count;
  }
  return mixedText(arena, bytes, left + right, runs, count);
}

export function sameTexts(a: usize, b: usize): bool {
  const length = lengthOf(a);
  return length == lengthOf(b) && memory.compare(bytesOf(a), bytesOf(b), length) == 0;
}

/** Below, at or above 0 as `a` comes before, with or behind `b` by their characters. */
export function compareTexts(a: usize, b: usize): i32 {
  const order = memory.compare(bytesOf(a), bytesOf(b), min(lengthOf(a), lengthOf(b)));
  return order != 0 ? order : <i32>lengthOf(a) - <i32>lengthOf(b);
}

/** Sought texts of more bytes are found by a rolling hash, so that no text takes long to be searched. */
const SHORT: u32 = 16;
const PRIME: u64 = 0x7fffffff;
const BASE: u64 = 0x2f0b4c5d;

/** Offset of `sought` in a text at or after `from`; -1 if missing. */
export function find(text: usize, sought: usize, from: u32): i32 {
  const length = lengthOf(sought);
  const whole = lengthOf(text);
  if (length > whole || from > whole - length) return -1;
  if (length == 0) return from;
  const bytes = bytesOf(text);
  const target = bytesOf(sought);
  if (length > SHORT) return findByHash(bytes, whole, target, length, from);
  const first = load<u8>(target);
  for (let at = from; at <= whole - length; ++at) {
    if (load<u8>(bytes + at) == first && memory.compare(bytes + at, target, length) == 0) return at;
  }
  return -1;
}

function findByHash(bytes: usize, whole: u32, target: usize, length: u32, from: u32): i32 {
  let wanted: u64 = 0;
  let hash: u64 = 0;
  /** The factor of the window's first byte. */
  let weight: u64 = 1;
  for (let i: u32 = 0; i < length; ++i) {
    wanted = (wanted * BASE + load<u8>(target + i)) % PRIME;
    hash = (hash * BASE + load<u8>(bytes + from + i)) % PRIME;
    if (i > 0) weight = (weight * BASE) % PRIME;
  }
  for (let at = from; at + length <= whole; ++at) {
    if (hash == wanted && memory.compare(bytes + at, target, length) == 0) return at;
    // The byte behind the last window is not used.
    const first = (weight * load<u8>(bytes + at)) % PRIME;
    hash = ((hash + PRIME - first) * BASE + load<u8>(bytes + at + length)) % PRIME;
  }
  return -1;
}

/** Offset of the last `sought` in the first `to` bytes of a text; -1 if missing. */
export function findLast(text: usize, sought: usize, to: u32): i32 {
  const length = lengthOf(sought);
  if (length > to) return -1;
  let last = -1;
  for (let at = find(text, sought, 0); at >= 0 && <u32>at + length <= to; at = find(text, sought, at + 1)) last = at;
  return last;
}

/** Whether a text has `sought` at an offset. */
export function hasAt(text: usize, sought: usize, at: u32): bool {
  const length = lengthOf(sought);
  const whole = lengthOf(text);
  if (at > whole || length > whole - at) return false;
  return memory.compare(bytesOf(text) + at, bytesOf(sought), length) == 0;
}

/** Whether a text is one of ASCII. */
export function isWord(text: usize, word: string): bool {
  if (lengthOf(text) != <u32>word.length) return false;
  for (let i = 0; i < word.length; ++i) if (load<u8>(bytesOf(text) + i) != word.charCodeAt(i)) return false;
  return true;
}
