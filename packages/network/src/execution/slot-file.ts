/**
 * A file of 64 KiB slots for pages of a canister's memory. It holds only pages that were written, and it takes no memory
 * of this process. A file of the network's state has a name; any other lies in the system's temporary folder (TMPDIR)
 * and has no name as soon as it is open, so that it is gone when the process ends, in whatever way.
 */
import { randomUUID } from 'node:crypto';
import { closeSync, constants, openSync, readSync, rmSync, writeSync, writevSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pagesNotWritten } from './errors.js';

export const slotBytes = 65536;

/** Slots written with one system call. */
const gathered = 512;
/** Most bytes that one system call reads. */
const longestRead = 2 ** 30;

export class SlotFile {
  private readonly path: string | undefined;
  private file: number | undefined;
  private readonly free: number[] = [];
  private end = 0;

  /** Without a path, the file is a temporary one. */
  constructor(path?: string) {
    this.path = path;
  }

  /** The open file, which other threads may read; undefined before anything was written. */
  get descriptor(): number | undefined {
    return this.file;
  }

  private open(): number {
    const { O_RDWR, O_CREAT, O_EXCL } = constants;
    if (this.path !== undefined) {
      this.file ??= openSync(this.path, O_RDWR | O_CREAT, 0o600);
      return this.file;
    }
    if (this.file === undefined) {
      const path = join(tmpdir(), `ic-network-${randomUUID()}`);
      this.file = openSync(path, O_RDWR | O_CREAT | O_EXCL, 0o600);
      rmSync(path);
    }
    return this.file;
  }

  /** Continues an earlier process's file, in which only these slots are in use. */
  occupy(slots: Iterable<number>): void {
    this.open();
    const inUse = new Set<number>();
    this.end = 0;
    for (const slot of slots) {
      inUse.add(slot);
      this.end = Math.max(this.end, slot + 1);
    }
    for (let slot = this.end - 1; slot >= 0; slot--) if (!inUse.has(slot)) this.free.push(slot);
  }

  /**
   * Writes pages to free slots and returns these, in ascending order. Throws ExecutionError if the file system refuses;
   * the slots are free then.
   */
  write(pages: readonly Uint8Array[]): number[] {
    const taken = pages.map(() => this.free.pop() ?? this.end++).sort((a, b) => a - b);
    try {
      const file = this.open();
      for (let from = 0; from < pages.length; ) {
        let to = from + 1;
        while (to < pages.length && to - from < gathered && taken[to] === taken[from]! + to - from) to++;
        writeRun(file, pages.slice(from, to), taken[from]!);
        from = to;
      }
    } catch (error) {
      for (const slot of taken) this.free.push(slot);
      throw pagesNotWritten(this.path === undefined ? tmpdir() : dirname(this.path), (error as Error).message);
    }
    return taken;
  }

  /** Reads bytes at an offset in a slot; they may go on through the slots behind it. False if the file ends before. */
  read(slot: number, target: Uint8Array, offset = 0): boolean {
    return readSlot(this.open(), slot, target, offset);
  }

  /** The slot may be written again. */
  release(slot: number): void {
    this.free.push(slot);
  }

  close(): void {
    if (this.file !== undefined) closeSync(this.file);
    this.file = undefined;
  }
}

function writeRun(file: number, run: readonly Uint8Array[], slot: number): void {
  const total = run.length * slotBytes;
  let done = writevSync(file, run, slot * slotBytes);
  while (done < total) {
    const content = run[Math.floor(done / slotBytes)]!.subarray(done % slotBytes);
    done += writeSync(file, content, 0, content.length, slot * slotBytes + done);
  }
}

/** Reads bytes at an offset in a slot of an open file; false when the file does not hold all of them. */
export function readSlot(file: number, slot: number, target: Uint8Array, offset = 0): boolean {
  const start = slot * slotBytes + offset;
  for (let done = 0; done < target.length; ) {
    const count = readSync(file, target, done, Math.min(target.length - done, longestRead), start + done);
    if (count === 0) return false;
    done += count;
  }
  return true;
}
