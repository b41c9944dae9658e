/** A canister's queries, answered from the memory of the thread that runs its messages (committed.ts says how). */
import { heapLayout } from '../wasm/heap-layout.js';
import type { Committed, SharedCanister, SharedHeap, SharedStable } from './committed.js';
import { type PageSource, pageSize } from './heap.js';
import type { Environment, ExecutionOutput, Message } from './message.js';
import { describePage, Space } from './page-list.js';
import { CanisterRuntime, type RuntimeOptions } from './runtime.js';
import { readSlot } from './slot-file.js';
import type { CommittedPages } from './stored-pages.js';
import { savedPage } from './undo-log.js';

/** Pages of the heap as they were in one version. */
class HeapReader implements PageSource {
  private heap!: SharedHeap;
  private version = 0;
  private readonly base: number;
  /** The version of each copied page; undefined: not copied. */
  private readonly copied: number[] = [];

  constructor(memory64: boolean) {
    this.base = heapLayout(memory64).base;
  }

  at(heap: SharedHeap, version: number): void {
    this.heap = heap;
    this.version = version;
  }

  load(page: number, target: () => Uint8Array): void {
    const { version, copied } = this;
    const { buffer, undo, notes } = this.heap;
    const before = copied[page];
    copied[page] = version;
    if (before === version || (before !== undefined && Atomics.load(notes.changedIn, page) <= before)) return;
    if (Atomics.load(notes.savedVersion, page) !== version) {
      target().set(new Uint8Array(buffer, this.base + page * pageSize, pageSize));
      // An exchange, so that nothing of the copy is made after it.
      if (Atomics.compareExchange(notes.savedVersion, page, version, version) !== version) return;
    }
    target().set(savedPage(undo, notes.savedSlot[page]!));
  }
}

/** Pages of stable memory as they were in one version. */
class StableReader implements CommittedPages {
  private stable!: SharedStable;
  private version = 0;

  at(stable: SharedStable, version: number): void {
    this.stable = stable;
    this.version = version;
  }

  slotOf(page: number): number {
    const { notes } = this.stable;
    // A page that the query itself has added by growing the memory.
    if (page >= notes.slot.length) return -1;
    const latest = Atomics.load(notes.slot, page);
    return (Atomics.load(notes.changedIn, page) > this.version ? notes.slotBefore[page]! : latest) - 1;
  }

  read(page: number, slot: number, target: Uint8Array): void {
    if (!readSlot(this.stable.descriptor!, slot, target)) {
      throw new Error(`${describePage(Space.stable, page)} is damaged on disk`);
    }
  }
}

type Looked = Omit<Committed, 'shared'> & { shared: Omit<SharedCanister, 'program'> };

export class CanisterReader {
  private readonly runtime: CanisterRuntime;
  private readonly heap: HeapReader;
  private readonly stable = new StableReader();

  /** Reads the canister of `shared`; another module or heap needs another reader. */
  constructor({ limits = {}, mode = 'exact' }: RuntimeOptions, program: SharedCanister['program']) {
    this.runtime = new CanisterRuntime({ limits, mode });
    this.heap = new HeapReader(this.runtime.follow(program));
  }

  /** Answers a query, or runs inspect_message, on the committed state. */
  execute({ version, memory, globals, shared }: Looked, environment: Environment, message: Message): ExecutionOutput {
    const goesOn = message.kind === 'compositeReply' || message.kind === 'compositeReject';
    if (!goesOn) {
      this.heap.at(shared.heap, version);
      this.stable.at(shared.stable, version);
      this.runtime.lookAt({ heap: this.heap, stable: this.stable, globals, memory });
    }
    return this.runtime.execute(environment, message);
  }

  endQuery(): void {
    this.runtime.endQuery();
  }

  suspendQuery(): void {
    this.runtime.suspendQuery();
  }

  resumeQuery(): void {
    this.runtime.resumeQuery();
  }

  close(): void {
    this.runtime.close();
  }
}
