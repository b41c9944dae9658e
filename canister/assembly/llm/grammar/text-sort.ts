/**
 * Sorts texts by their bytes: radix sort from the first byte on, until so few begin alike that comparing is cheaper
 * (McIlroy, Bostic, McIlroy: Engineering radix sort, 1993).
 *
 *     texts [ address of [ length: u8 | bytes ]: u32 | anything: u32 ] * n
 */

/** Groups up to this size are sorted by comparing. */
const SMALL: u32 = 24;
/** Places of the end of a text and of each byte: [ u32 ] * 257 */
const COUNTERS: usize = 257 * 4;
/** A text has at most 255 bytes, and texts that are alike in all of them are not sorted any further. */
const LEVELS: usize = 257;

/** Bytes of workspace to sort `count` texts. */
export function sortingBytes(count: u32): usize {
  return ((<usize>count) << 3) + LEVELS * COUNTERS;
}

export function sortTexts(texts: usize, count: u32, workspace: usize): void {
  sortGroup(texts, count, 0, workspace, workspace + ((<usize>count) << 3));
}

/** Sorts texts that are alike in their first `depth` bytes. */
function sortGroup(texts: usize, count: u32, depth: u32, spare: usize, counters: usize): void {
  if (count <= SMALL) return insertAll(texts, count, depth);
  const end = texts + ((<usize>count) << 3);
  memory.fill(counters, 0, COUNTERS);
  for (let at = texts; at < end; at += 8) {
    const counter = counters + ((<usize>keyAt(load<u32>(at), depth)) << 2);
    store<u32>(counter, load<u32>(counter) + 1);
  }
  let place: u32 = 0;
  for (let key: usize = 0; key < 257; ++key) {
    const texts = load<u32>(counters + (key << 2));
    store<u32>(counters + (key << 2), place);
    place += texts;
  }
  for (let at = texts; at < end; at += 8) {
    const counter = counters + ((<usize>keyAt(load<u32>(at), depth)) << 2);
    const index = load<u32>(counter);
    store<u32>(counter, index + 1);
    store<u64>(spare + ((<usize>index) << 3), load<u64>(at));
  }
  memory.copy(texts, spare, (<usize>count) << 3);
  // Each counter is now where its group ends. Texts that end here are alike and stay as they are.
  let from = load<u32>(counters);
  for (let key: usize = 1; key < 257; ++key) {
    const to = load<u32>(counters + (key << 2));
    if (to - from > 1) sortGroup(texts + ((<usize>from) << 3), to - from, depth + 1, spare, counters + COUNTERS);
    from = to;
  }
}

/** 0 if the text has ended before `depth`, else the byte there + 1. */
// @ts-ignore: decorator
@inline
function keyAt(text: usize, depth: u32): u32 {
  return depth < load<u8>(text) ? load<u8>(text + 1 + depth) + 1 : 0;
}

function insertAll(texts: usize, count: u32, depth: u32): void {
  for (let i: u32 = 1; i < count; ++i) {
    const moved = load<u64>(texts + ((<usize>i) << 3));
    let at = texts + ((<usize>i) << 3);
    for (; at > texts && isBefore(<u32>moved, load<u32>(at - 8), depth); at -= 8) store<u64>(at, load<u64>(at - 8));
    store<u64>(at, moved);
  }
}

function isBefore(a: usize, b: usize, depth: u32): bool {
  let x = keyAt(a, depth);
  let y = keyAt(b, depth);
  while (x == y && x != 0) {
    ++depth;
    x = keyAt(a, depth);
    y = keyAt(b, depth);
  }
  return x < y;
}
