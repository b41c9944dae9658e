/** Binary heaps and sorting of u64 in raw memory. */

/** Moves the number at `at` down to its place in the heap of `count` numbers whose root is the least. */
function siftDown(heap: usize, at: u32, count: u32): void {
  const moved = load<u64>(heap + ((<usize>at) << 3));
  for (;;) {
    let child: u32 = 2 * at + 1;
    if (child >= count) break;
    let value = load<u64>(heap + ((<usize>child) << 3));
    if (child + 1 < count) {
      const other = load<u64>(heap + ((<usize>child) << 3), 8);
      if (other < value) {
        value = other;
        ++child;
      }
    }
    if (value >= moved) break;
    store<u64>(heap + ((<usize>at) << 3), value);
    at = child;
  }
  store<u64>(heap + ((<usize>at) << 3), moved);
}

/** Makes `count` numbers a heap whose root is the least. */
export function heapify(heap: usize, count: u32): void {
  for (let at = count >> 1; at > 0; --at) siftDown(heap, at - 1, count);
}

/** Sorts a heap of `heapify`, the greatest first. */
export function sortHeap(heap: usize, count: u32): void {
  for (let last = count; last > 1;) {
    --last;
    const least = load<u64>(heap);
    store<u64>(heap, load<u64>(heap + ((<usize>last) << 3)));
    store<u64>(heap + ((<usize>last) << 3), least);
    siftDown(heap, 0, last);
  }
}

/** Up to this many numbers are sorted by a heap, more by their bytes. */
const HEAP_MOST: u32 = 1024;

/** Bytes of memory that `sortDescending` needs beside the numbers. */
export function sortBytes(count: u32): usize {
  return count > HEAP_MOST ? (<usize>count) << 3 : 0;
}

/** Sorts `count` numbers, the greatest first, with `sortBytes(count)` bytes at `spare`. */
export function sortDescending(ptr: usize, count: u32, spare: usize): void {
  if (count > HEAP_MOST) return sortByBytes(ptr, count, spare);
  heapify(ptr, count);
  sortHeap(ptr, count);
}

/** How often each value of a byte occurs, then where the next number with it goes: [ u32 ] * 256 */
const places: usize = memory.data(1024, 4);

/** Radix sort from the lowest byte up; bytes that are the same in all numbers cost one look. */
function sortByBytes(ptr: usize, count: u32, spare: usize): void {
  const end = (<usize>count) << 3;
  let from = ptr;
  let to = spare;
  for (let byte: usize = 0; byte < 8; ++byte) {
    memory.fill(places, 0, 1024);
    for (let i = from + byte; i < from + end; i += 8) {
      const place = places + ((<usize>load<u8>(i)) << 2);
      store<u32>(place, load<u32>(place) + 1);
    }
    if (load<u32>(places + ((<usize>load<u8>(from + byte)) << 2)) == count) continue;
    let next: u32 = 0;
    for (let place = places + 1020; place >= places; place -= 4) {
      const occurrences = load<u32>(place);
      store<u32>(place, next);
      next += occurrences;
    }
    for (let i: usize = 0; i < end; i += 8) {
      const place = places + ((<usize>load<u8>(from + i + byte)) << 2);
      const index = load<u32>(place);
      store<u32>(place, index + 1);
      store<u64>(to + ((<usize>index) << 3), load<u64>(from + i));
    }
    const swap = from;
    from = to;
    to = swap;
  }
  if (from != ptr) memory.copy(ptr, from, end);
}
