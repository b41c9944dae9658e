/**
 * The pages of stable memory that messages have left in the canister's file: where each lies, and which slots may be
 * written again. The locations are shared with the threads that answer queries (committed.ts).
 */
import { crc32 } from 'node:zlib';
import type { SharedStable, StableNotes } from './committed.js';
import { describePage, type ListedPage, Space } from './page-list.js';
import { type SlotFile, slotBytes } from './slot-file.js';

/** Pages as a transaction finds them. */
export interface CommittedPages {
  /** The slot of a page; -1: it was never written. */
  slotOf(page: number): number;
  /** Reads whole pages, which lie one behind the other from a slot on. */
  read(page: number, slot: number, target: Uint8Array): void;
}

export const noPages: CommittedPages = { slotOf: () => -1, read: () => {} };

/** Pages for which there are notes at first. */
const fewestNotes = 64;

function noNotes(pages: number): StableNotes {
  const numbers = () => new Int32Array(new SharedArrayBuffer(pages * 4));
  return { slot: numbers(), slotBefore: numbers(), changedIn: numbers() };
}

export class StoredPages implements CommittedPages {
  private readonly file: SlotFile;
  private notes = noNotes(0);
  private checksums = new Uint32Array();
  /** Pages of an earlier process whose checksum was not compared yet. */
  private unchecked = new Uint8Array();
  private anyUnchecked = false;
  /** Slots that may still be read until another transaction begins. */
  private retired: number[] = [];
  private handles: SharedStable | undefined;

  constructor(file: SlotFile) {
    this.file = file;
  }

  /** For readers in other threads; a new object only if something has moved. */
  get shared(): SharedStable {
    const { notes, handles } = this;
    const { descriptor } = this.file;
    if (handles?.notes !== notes || handles.descriptor !== descriptor) this.handles = { descriptor, notes };
    return this.handles!;
  }

  slotOf(page: number): number {
    return page < this.notes.slot.length ? this.notes.slot[page]! - 1 : -1;
  }

  /** Throws if pages of an earlier process are damaged. */
  read(page: number, slot: number, target: Uint8Array): void {
    const whole = this.file.read(slot, target);
    if (whole && !this.anyUnchecked) return;
    for (let done = 0; done < target.length; done += slotBytes, page++) {
      const content = target.subarray(done, done + slotBytes);
      const fits = whole && (this.unchecked[page] !== 1 || crc32(content) === this.checksums[page]);
      if (!fits) throw new Error(`${describePage(Space.stable, page)} is damaged on disk`);
      if (this.unchecked[page] === 1) this.unchecked[page] = 0;
    }
  }

  /** All pages that were written. */
  *list(): Generator<ListedPage> {
    const { slot } = this.notes;
    for (let page = 0; page < slot.length; page++) {
      if (slot[page] !== 0) {
        yield { space: Space.stable, page, slot: slot[page]! - 1, checksum: this.checksums[page]! };
      }
    }
  }

  /** Takes over the pages of an earlier process. */
  restore(pages: number, listed: Iterable<ListedPage>): void {
    this.provide(pages);
    this.unchecked = new Uint8Array(pages);
    for (const { page, slot, checksum } of listed) {
      this.notes.slot[page] = slot + 1;
      this.checksums[page] = checksum;
      this.unchecked[page] = 1;
      this.anyUnchecked = true;
    }
  }

  /** Has notes for so many pages. */
  provide(pages: number): void {
    const { slot } = this.notes;
    if (pages <= slot.length) return;
    const wider = noNotes(Math.max(pages, 2 * slot.length, fewestNotes));
    for (const each of ['slot', 'slotBefore', 'changedIn'] as const) wider[each].set(this.notes[each]);
    this.notes = wider;
    const checksums = new Uint32Array(wider.slot.length);
    checksums.set(this.checksums);
    this.checksums = checksums;
  }

  /** From this version on, the page is in another slot. */
  point(page: number, slot: number, checksum: number, version: number): void {
    const { slot: latest, slotBefore, changedIn } = this.notes;
    const before = latest[page]!;
    if (before !== 0) this.retired.push(before - 1);
    this.checksums[page] = checksum;
    if (this.unchecked[page] === 1) this.unchecked[page] = 0;
    slotBefore[page] = before;
    Atomics.exchange(changedIn, page, version);
    Atomics.exchange(latest, page, slot + 1);
  }

  /** From this version on, no page was ever written. Readers of an earlier version keep the old notes. */
  reset(): void {
    for (const { slot } of this.list()) this.retired.push(slot);
    this.notes = noNotes(0);
    this.checksums = new Uint32Array();
    this.unchecked = new Uint8Array();
    this.anyUnchecked = false;
  }

  /** The slots that nobody reads any more, at the beginning of a transaction. */
  takeRetired(): number[] {
    const { retired } = this;
    this.retired = [];
    return retired;
  }
}
