/**
 * A canister as its last message has left it, for threads that answer queries while the next one runs.
 *
 * Memory is not copied for them. The thread that runs messages writes where its pages lie into memory that threads share,
 * and a reader takes over a page when its query first touches it:
 *
 * - Versions are counted: one for each message that has changed the canister. A reader is told which one to look at; it is
 *   the latest or, while the message ends during its query, the one before. No further message begins before its query has
 *   ended (scheduling/lane.ts).
 * - A page of the heap is in the heap itself, unless the message that made (or is making) the next version has written it:
 *   then what it held before is among the saved pages of the undo log, and stays there until another message begins.
 * - A page of stable memory lies in a slot of a file, which is not written again while a reader may look at it.
 *
 * The writer saves a page before it writes to it, and notes where; the reader looks at the note before and after it copies.
 */
import type { GlobalValues, MemorySizes } from './message.js';
import type { SharedProgram } from './program.js';

/** Three numbers for each page of a heap. */
export interface HeapNotes {
  /** The version whose content is in the undo log; -1: none. */
  savedVersion: Int32Array;
  /** Its slot in the undo log. */
  savedSlot: Int32Array;
  /** The version that last changed the page. */
  changedIn: Int32Array;
}

export interface SharedHeap {
  /** The real memory, with marks. */
  buffer: SharedArrayBuffer;
  undo: SharedArrayBuffer[];
  notes: HeapNotes;
}

/** Three numbers for each page of stable memory. Slots are counted from 1; 0: the page was never written. */
export interface StableNotes {
  slot: Int32Array;
  /** Its slot before the last change. */
  slotBefore: Int32Array;
  changedIn: Int32Array;
}

export interface SharedStable {
  /** The open file with the pages; undefined before any was written. */
  descriptor: number | undefined;
  notes: StableNotes;
}

export interface SharedCanister {
  /**
   * The compiled program; the module itself if reading needs another compilation (fast metering does not track loads).
   */
  program: SharedProgram | Uint8Array;
  heap: SharedHeap;
  stable: SharedStable;
}

/** The state that a reader gets before each query. */
export interface Committed {
  version: number;
  /** Counts the programs and heaps of the canister; a reader serves one of them. */
  generation: number;
  memory: MemorySizes;
  globals: GlobalValues;
  /** Where to read; a new object only if something has moved. */
  shared: SharedCanister;
}
