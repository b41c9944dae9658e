import { allocate, release } from './heap';

/** Rows of one size in an extent that grows with its content. */
@final
export class Table {
  /** First row; moves when the table grows. */
  ptr: usize = 0;
  /** Rows in use. */
  count: u32 = 0;
  private capacity: u32 = 0;

  constructor(
    private readonly rowBytes: u32,
    /** Rows at most. */
    private readonly most: u32,
  ) {}

  /** Address of a row, 0 <= index < count. */
  // @ts-ignore: decorator
  @inline
  row(index: u32): usize {
    return this.ptr + <usize>index * this.rowBytes;
  }

  /** Appends `rows` rows, not cleared; index of the first, or -1 if the table is full or memory is short. */
  append(rows: u32): i32 {
    const first = this.count;
    if (rows > this.most - first) return -1;
    if (first + rows > this.capacity && !this.grow(first + rows)) return -1;
    this.count = first + rows;
    return first;
  }

  private grow(rows: u32): bool {
    const capacity = min(this.most, max(rows, max(2 * this.capacity, 65536 / this.rowBytes)));
    const extent = allocate(<usize>capacity * this.rowBytes);
    if (extent == 0) return false;
    // Two tables of 4 MiB at the most: below what one operation may move.
    if (this.count > 0) memory.copy(extent, this.ptr, <usize>this.count * this.rowBytes);
    release(this.ptr);
    this.ptr = extent;
    this.capacity = capacity;
    return true;
  }

  dispose(): void {
    release(this.ptr);
    this.ptr = 0;
    this.count = 0;
    this.capacity = 0;
  }
}
