/** A canister's log: records in order, the oldest of which make room for new ones. */

export interface LogRecord {
  idx: bigint;
  timestamp_nanos: bigint;
  content: Uint8Array;
}

/** What a record takes beside its content. */
const recordOverhead = 16;
const maxFetchedBytes = 2_000_000;

export type LogFilter =
  | { by_idx: { start: bigint; end: bigint } }
  | { by_timestamp_nanos: { start: bigint; end: bigint } };

export class CanisterLog {
  private records: LogRecord[] = [];
  private next = 0n;

  /** Bytes in use. */
  get size(): number {
    return this.records.reduce((sum, { content }) => sum + content.length + recordOverhead, 0);
  }

  append(contents: readonly Uint8Array[], time: bigint, limit: number): void {
    for (const content of contents) {
      const room = Math.max(0, limit - recordOverhead);
      this.records.push({ idx: this.next++, timestamp_nanos: time, content: content.slice(0, room) });
    }
    let size = this.size;
    while (size > limit && this.records.length > 0) size -= this.records.shift()!.content.length + recordOverhead;
  }

  clear(): void {
    this.records = [];
  }

  /** Records that a filter lets through; ranges are half-open. The newest that fit into one reply. */
  fetch(filter?: LogFilter): LogRecord[] {
    const matching = this.records.filter((record) => {
      if (filter === undefined) return true;
      if ('by_idx' in filter) return record.idx >= filter.by_idx.start && record.idx < filter.by_idx.end;
      const { start, end } = filter.by_timestamp_nanos;
      return record.timestamp_nanos >= start && record.timestamp_nanos < end;
    });
    let bytes = 0;
    const fitting: LogRecord[] = [];
    for (const record of matching.reverse()) {
      bytes += record.content.length + recordOverhead;
      if (bytes > maxFetchedBytes) break;
      fitting.unshift(record);
    }
    return fitting;
  }
}
