/** A canister's log: records in order, the oldest of which make room for new ones. */

export interface LogRecord {
  idx: bigint;
  timestamp_nanos: bigint;
  content: Uint8Array;
}

/** What a record takes beside its content. */
const recordOverhead = 16;
const maxFetchedBytes = 2_000_000;

const bytesOf = ({ content }: LogRecord) => content.length + recordOverhead;

export type LogFilter =
  | { by_idx: { start: bigint; end: bigint } }
  | { by_timestamp_nanos: { start: bigint; end: bigint } };

export class CanisterLog {
  private records: LogRecord[] = [];
  /** Bytes in use. */
  size = 0;
  /** Number of the next record; numbers are not used again. */
  next = 0n;

  /** Adds records; returns those that came, and those that had to go. */
  append(contents: readonly Uint8Array[], time: bigint, limit: number): { added: LogRecord[]; removed: LogRecord[] } {
    const room = Math.max(0, limit - recordOverhead);
    const added = contents.map((content) => ({
      idx: this.next++,
      timestamp_nanos: time,
      content: content.slice(0, room),
    }));
    this.records.push(...added);
    for (const record of added) this.size += bytesOf(record);
    const removed: LogRecord[] = [];
    while (this.size > limit && this.records.length > 0) {
      const record = this.records.shift()!;
      this.size -= bytesOf(record);
      removed.push(record);
    }
    return { added: added.filter((record) => !removed.includes(record)), removed };
  }

  /** Empties the log; returns what was in it. */
  clear(): LogRecord[] {
    const { records } = this;
    this.records = [];
    this.size = 0;
    return records;
  }

  restore(records: LogRecord[]): void {
    this.records = records.sort((a, b) => Number(a.idx - b.idx));
    this.size = records.reduce((sum, record) => sum + bytesOf(record), 0);
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
      bytes += bytesOf(record);
      if (bytes > maxFetchedBytes) break;
      fitting.unshift(record);
    }
    return fitting;
  }
}
