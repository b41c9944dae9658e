/** The pages of stable memory that a message has accessed and written. */

const pageSize = 65536;
const osPageSize = 4096;

export class PageMarks {
  /** By page: bits 0-15 the 4 KiB pages that the present message accessed, bits 16-31 those it wrote. */
  private readonly marks = new Map<number, number>();
  accessedOsPages = 0;
  writtenOsPages = 0;
  accessedPages = 0;
  writtenPages = 0;

  clear(): void {
    this.marks.clear();
    this.accessedOsPages = this.writtenOsPages = this.accessedPages = this.writtenPages = 0;
  }

  /**
   * Marks the pages of [offset, offset + length). Returns how many 64 KiB pages this message has accessed for the first
   * time, and how many of those it has written for the first time.
   */
  mark(offset: number, length: number, write: boolean): { accessed: number; written: number } {
    let accessed = 0;
    let written = 0;
    if (length === 0) return { accessed, written };
    const end = offset + length;
    const last = Math.floor((end - 1) / pageSize);
    for (let page = Math.floor(offset / pageSize); page <= last; page++) {
      const start = page * pageSize;
      const low = Math.floor(Math.max(offset - start, 0) / osPageSize);
      const high = Math.floor((Math.min(end - start, pageSize) - 1) / osPageSize);
      const range = (2 ** (high + 1) - 2 ** low) & 0xffff;
      const before = this.marks.get(page) ?? 0;
      const after = before | range | (write ? range << 16 : 0);
      if (after === before) continue;
      this.marks.set(page, after);
      this.accessedOsPages += bitCount((after & 0xffff) ^ (before & 0xffff));
      this.writtenOsPages += bitCount((after >>> 16) ^ (before >>> 16));
      if (before === 0) accessed++;
      if (write && before >>> 16 === 0) written++;
    }
    this.accessedPages += accessed;
    this.writtenPages += written;
    return { accessed, written };
  }
}

function bitCount(bits: number): number {
  let count = 0;
  for (let rest = bits; rest !== 0; rest &= rest - 1) count++;
  return count;
}
