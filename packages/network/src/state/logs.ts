/** A canister's log: records in order; the oldest make room for new ones. */

export interface LogRecord {
  idx: bigint;
  timestamp_nanos: bigint;
  content: Uint8Array;
}

/** Bytes of a record beside its content, in memory and in an answer. */
const recordOverhead = 20;
const answeredOverhead = 16;
const maxFetchedBytes = 2_000_000;
/** The store is a ring with a page of its own in front, and a page of an index. */
const storePages = 2 * 4096;

/** Bytes of the store that holds logs of at most so many bytes. */
export function logStoreBytes(limit: number): number {
  return limit === 0 ? 0 : storePages + limit;
}

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
    const removed = this.shrink(limit);
    return { added: added.filter((record) => !removed.includes(record)), removed };
  }

  /** Gives up the oldest records until the log fits; returns them. */
  shrink(limit: number): LogRecord[] {
    const removed: LogRecord[] = [];
    while (this.size > limit && this.records.length > 0) {
      const record = this.records.shift()!;
      this.size -= bytesOf(record);
      removed.push(record);
    }
    return removed;
  }

  /** Empties the log; returns its records. */
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

  /**
   * Records that pass the filter; ranges are half-open. If they do not fit into one reply: without a filter the newest,
   * with one the oldest that pass it.
   */
  fetch(filter?: LogFilter): LogRecord[] {
    if (filter === undefined) return fitting([...this.records].reverse()).reverse();
    return fitting(this.records.filter((record) => matches(record, filter)));
  }
}

function matches({ idx, timestamp_nanos: time }: LogRecord, filter: LogFilter): boolean {
  const [value, { start, end }] = 'by_idx' in filter ? [idx, filter.by_idx] : [time, filter.by_timestamp_nanos];
  return value >= start && value < end;
}

function fitting(records: LogRecord[]): LogRecord[] {
  let bytes = 0;
  const end = records.findIndex(({ content }) => {
    bytes += content.length + answeredOverhead;
    return bytes > maxFetchedBytes;
  });
  return end < 0 ? records : records.slice(0, end);
}
