/** Bytes that lie somewhere in memory, and belong to somebody else. */
export class Span {
  constructor(
    readonly ptr: usize,
    /** Bytes. */
    readonly size: u32,
  ) {}
}
