import { keyOf, logitOf } from './candidate-key';
import { heapify, siftDown, sortHeap } from './selection';

/** Collects the `most` (> 0) greatest of the numbers it is offered, as keys (candidate-key.ts) in a heap at `heap`. */
export class Best {
  kept: u32 = 0;
  /** What is not above it is not offered; it rises to the least that is kept when `most` are. */
  bound: f32 = 0;
  private heap: usize = 0;
  private most: u32 = 0;

  begin(heap: usize, most: u32, bound: f32): void {
    this.heap = heap;
    this.most = most;
    this.bound = bound;
    this.kept = 0;
  }

  /** Takes every number above the bound of a vector, whose first is number `index`. Indices come rising. */
  offer(vector: usize, index: u32): void {
    let above = i32x4.bitmask(f32x4.gt(v128.load(vector), f32x4.splat(this.bound)));
    for (; above != 0; above &= above - 1) {
      const lane = ctz(above);
      const logit = load<f32>(vector + ((<usize>lane) << 2));
      // The bound may have risen since.
      if (logit > this.bound) this.take(keyOf(index + lane, logit));
    }
  }

  private take(key: u64): void {
    const heap = this.heap;
    if (this.kept == this.most) {
      store<u64>(heap, key);
      siftDown(heap, 0, this.kept);
    } else {
      store<u64>(heap + ((<usize>this.kept) << 3), key);
      if (++this.kept < this.most) return;
      heapify(heap, this.kept);
    }
    this.bound = logitOf(load<u64>(heap));
  }

  /** Sorts what was taken, the greatest first, equal ones by rising index. */
  sort(): void {
    if (this.kept < this.most) heapify(this.heap, this.kept);
    sortHeap(this.heap, this.kept);
  }
}
