/** Binary heaps and sorting of u64 in raw memory. */

/** Moves the number at `at` down to its place in the heap of `count` numbers whose root is the least. */
export function siftDown(heap: usize, at: u32, count: u32): void {
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

/** Sorts `count` numbers, the greatest first. */
export function sortDescending(ptr: usize, count: u32): void {
  heapify(ptr, count);
  sortHeap(ptr, count);
}
