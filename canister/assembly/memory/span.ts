/** A view of bytes in memory that belong to somebody else. */
export class Span {
  constructor(
    readonly ptr: usize,
    /** Bytes. */
    readonly size: u32,
  ) {}
}
