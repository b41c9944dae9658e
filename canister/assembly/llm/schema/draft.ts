import { heapify, sortHeap } from '../sampling/selection';
import { Table } from '../../memory/table';

/** Entries of all parts of a schema together. */
export const MAX_ENTRIES: u32 = 1 << 20;

/**
 * The entries of a part under construction (conversion.ts): sorted without duplicates, and also in the order of their
 * discovery.
 */
@final
export class Draft {
  /** Whether some schema of it allows nothing. */
  isNever: bool = false;
  /** [ u64 ] * n */
  private readonly entries: Table = new Table(8, MAX_ENTRIES);
  /** The same before they were sorted. */
  private readonly ordered: Table = new Table(8, MAX_ENTRIES);
  /** By schema, the draft that it was added to last << 1 | whether its keywords have been looked at: [ u32 ] * nodes */
  private readonly seen: Table = new Table(4, MAX_ENTRIES);
  private round: u32 = 0;

  /** Makes room for a document of this many nodes; false if there is none. */
  open(nodes: u32): bool {
    if (this.seen.append(nodes) < 0) return false;
    memory.fill(this.seen.row(0), 0, (<usize>nodes) << 2);
    return true;
  }

  /** Begins another part. */
  begin(): void {
    this.entries.count = 0;
    this.isNever = false;
    ++this.round;
  }

  /** Adds an entry; false if there is no room. */
  push(entry: u32): bool {
    const at = this.entries.append(1);
    if (at >= 0) store<u64>(this.entries.row(at), entry);
    return at >= 0;
  }

  /** Notes that a schema is in this draft; whether it was new to it. */
  mark(schema: u32): bool {
    const row = this.seen.row(schema);
    const value = load<u32>(row);
    if (value >> 1 == this.round) return false;
    store<u32>(row, (this.round << 1) | (value & 1));
    return true;
  }

  /** Notes that the keywords of a schema have been looked at, in any draft; whether it is the first time. */
  look(schema: u32): bool {
    const row = this.seen.row(schema);
    const isNew = (load<u32>(row) & 1) == 0;
    store<u32>(row, load<u32>(row) | 1);
    return isNew;
  }

  /** Sorts the entries, the greatest first, and drops duplicates; false if there is no room to keep their order. */
  sort(): bool {
    const entries = this.entries;
    const ordered = this.ordered;
    ordered.count = 0;
    const hasRoom = ordered.append(entries.count) >= 0;
    if (hasRoom) memory.copy(ordered.ptr, entries.ptr, (<usize>entries.count) << 3);
    heapify(entries.ptr, entries.count);
    sortHeap(entries.ptr, entries.count);
    let kept: u32 = 0;
    for (let i: u32 = 0; i < entries.count; ++i) {
      const entry = load<u64>(entries.row(i));
      if (kept > 0 && load<u64>(entries.row(kept - 1)) == entry) continue;
      store<u64>(entries.row(kept++), entry);
    }
    entries.count = kept;
    return hasRoom;
  }

  get count(): u32 {
    return this.entries.count;
  }

  entry(index: u32): u32 {
    return <u32>load<u64>(this.entries.row(index));
  }

  /** How many entries were met, the same ones counted again. */
  get met(): u32 {
    return this.ordered.count;
  }

  /** An entry in the order of discovery, after `sort`. */
  metEntry(index: u32): u32 {
    return <u32>load<u64>(this.ordered.row(index));
  }

  dispose(): void {
    this.entries.dispose();
    this.ordered.dispose();
    this.seen.dispose();
  }
}
