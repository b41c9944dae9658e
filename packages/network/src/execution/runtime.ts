/**
 * A canister's code and memory, and the rule that a message either happens or does not: every execution and every
 * installation is a transaction over heap, globals and stable memory. It runs in the caller's thread; worker.ts puts it
 * into one of its own, direct.ts makes it usable without a network.
 */
import type { MeteringMode } from '../wasm/instrument.js';
import { type ExecutionContext, queryContexts } from '../wasm/system-api.js';
import type { Committed, SharedCanister } from './committed.js';
import { callData, contexts, entry } from './entry.js';
import { ExecutionError, noWasmModule, wasmMemoryLimitExceeded } from './errors.js';
import type { Execution } from './execution.js';
import type { PageSource } from './heap.js';
import { type CanisterImage, pageImage, pagesOf } from './image.js';
import { installStages } from './installation.js';
import { KeptPages } from './kept-pages.js';
import { defaultLimits, type ExecutionLimits } from './limits.js';
import { loadProgram } from './load-program.js';
import type {
  Environment,
  ExecutionOutput,
  GlobalValues,
  InstallOutput,
  InstallRequest,
  LoadOutput,
  MemorySizes,
  Message,
  RestoreRequest,
  SavedState,
} from './message.js';
import { empty, failure, outputOf } from './output.js';
import { pageBytes } from './page-list.js';
import {
  emptyHeap,
  executionIn,
  type InstanceChanges,
  type Program,
  ProgramInstance,
  type SharedProgram,
  shareable,
} from './program.js';
import type { StableChanges, StableMemory } from './stable-memory.js';
import type { CommittedPages } from './stored-pages.js';

export interface RuntimeOptions {
  limits?: Partial<ExecutionLimits>;
  mode?: MeteringMode;
  /** File in which the canister's pages are kept from one process to the next. */
  pageFile?: string;
}

/** The state that a reader reads. */
export interface Outlook {
  heap: PageSource;
  stable: CommittedPages;
  globals: GlobalValues;
  memory: MemorySizes;
}

export class CanisterRuntime {
  readonly limits: ExecutionLimits;
  readonly mode: MeteringMode;
  private instance: ProgramInstance | undefined;
  private wasm: Uint8Array = new Uint8Array();
  private readonly kept: KeptPages;
  private readonly stable: StableMemory;
  /** Counts the changes of the canister in this process (committed.ts). */
  private version = 0;
  private generation = 0;
  private sharedProgram: SharedProgram | undefined;
  private handles: SharedCanister | undefined;
  /** Whether a composite query has made calls and waits for them. */
  private isOpen = false;
  /** Writes of composite queries that wait for a call to the same canister within them. */
  private readonly suspended: { instance: InstanceChanges; stable: StableChanges }[] = [];

  constructor({ limits = {}, mode = 'exact', pageFile }: RuntimeOptions = {}) {
    this.limits = { ...defaultLimits, ...limits };
    this.mode = mode;
    this.kept = new KeptPages(pageFile);
    this.stable = this.kept.stable;
  }

  get memory(): MemorySizes {
    return { heap: this.instance?.heap.size ?? 0, stable: this.stable.size };
  }

  /** The canister as its last message has left it, for threads that answer queries; undefined when it has no code. */
  get committed(): Committed | undefined {
    const { instance, version, memory, stable, wasm } = this;
    if (instance === undefined) return undefined;
    const { heap } = instance;
    const before = this.handles;
    const program = this.mode === 'exact' ? this.sharedProgram : wasm;
    const same = before?.program === program && before?.heap === heap.shared && before?.stable === stable.shared;
    if (!same) this.handles = { program: program!, heap: heap.shared, stable: stable.shared };
    return { version, generation: this.generation, memory, globals: instance.globalValues, shared: this.handles! };
  }

  /** Whether memory holds, or will hold again, the writes of a composite query. */
  get hasOpenQuery(): boolean {
    return this.isOpen || this.suspended.length > 0;
  }

  private program(wasm: Uint8Array): Program {
    return loadProgram({ wasm, moduleBytes: this.limits.moduleBytes, mode: this.mode });
  }

  private share(program: Program): void {
    this.sharedProgram = shareable(program);
    this.generation++;
  }

  /** Becomes a reader of the state given to `lookAt`. Returns whether its memory has 64 bits. */
  follow(program: SharedProgram | Uint8Array): boolean {
    const { moduleBytes } = this.limits;
    const shared = program instanceof Uint8Array ? loadProgram({ wasm: program, moduleBytes, mode: 'exact' }) : program;
    this.instance = new ProgramInstance(shared, emptyHeap(shared, 0));
    return this.instance.heap.memory64;
  }

  /** Switches to a version of the canister in another thread. */
  lookAt({ heap, stable, globals, memory }: Outlook): void {
    this.instance!.heap.follow(heap, memory.heap / pageBytes);
    this.stable.follow(memory.stable / pageBytes, stable);
    this.instance!.globalValues = globals;
  }

  /** Drops code and memory. */
  uninstall(): void {
    this.instance = undefined;
    this.stable.clear();
    this.kept.dropHeap();
  }

  close(): void {
    this.instance = undefined;
    this.kept.close();
  }

  /** Continues from the state of an earlier process. Throws if that cannot be read. */
  restore({ wasm, memory, globals, pages }: RestoreRequest): void {
    const program = this.program(wasm);
    const heap = emptyHeap(program, memory.heap / pageBytes);
    this.kept.restore(pages, heap, memory.stable / pageBytes);
    this.wasm = wasm;
    this.instance = new ProgramInstance(program, heap);
    this.share(program);
    this.instance.globalValues = globals;
    this.instance.commit(this.version);
  }

  /** Saves the state after a successful message; a new instance comes from an installation. */
  private save({ heap, globalValues }: ProgramInstance, isNew = false): SavedState | undefined {
    const left = { heap, globals: globalValues };
    return this.kept.save(isNew ? { ...left, installed: { keepsHeap: heap === this.instance?.heap } } : left);
  }

  /** Everything that the canister is made of. Throws when it has no code. */
  image(): CanisterImage {
    const { instance, wasm, memory } = this;
    if (instance === undefined) throw new Error('a canister without code has no image');
    const [heap, stable] = [pageImage(instance.heap.nonZeroPages()), pageImage([...this.stable.everyPage()])];
    return { wasm, memory, globals: instance.globalValues, heap, stable };
  }

  /** Replaces the canister's state with an image. */
  load({ wasm, memory, globals, heap: heapImage, stable }: CanisterImage): LoadOutput {
    const program = this.program(wasm);
    const heap = emptyHeap(program, memory.heap / pageBytes);
    for (const [page, content] of pagesOf(heapImage)) heap.fill(page * pageBytes, content);
    const instance = new ProgramInstance(program, heap);
    instance.globalValues = globals;
    this.stable.begin();
    let saved: SavedState | undefined;
    try {
      this.stable.clear();
      this.stable.pages = memory.stable / pageBytes;
      for (const [page, content] of pagesOf(stable)) this.stable.write(page * pageBytes, content);
      saved = this.save(instance, true);
    } catch (error) {
      this.stable.rollback();
      throw error;
    }
    this.commit(instance);
    this.share(program);
    this.instance = instance;
    this.wasm = wasm;
    return { module: program.info, memory: this.memory, ...(saved ? { saved } : {}) };
  }

  /** Executes one message. Never throws: every failure is in the output. */
  execute(environment: Environment, message: Message): ExecutionOutput {
    const { instance } = this;
    const context = contexts[message.kind];
    if (instance === undefined) return failure(environment, noWasmModule(), this.memory);
    const { instructionsLeft = Number.POSITIVE_INFINITY } = environment;
    const limit = Math.min(this.instructionLimit(message.kind, context), instructionsLeft);
    const { limits, mode, stable } = this;
    const call = callData(message);
    const parts = { context, environment, call, limits, mode, stable, instructionLimit: limit, isInstall: false };
    const execution = executionIn(instance, parts);
    if (context === 'U' && environment.wasmMemoryLimit > 0 && instance.heap.size > environment.wasmMemoryLimit) {
      const error = wasmMemoryLimitExceeded(instance.heap.size, environment.wasmMemoryLimit);
      return failure(environment, error, this.memory);
    }
    const goesOn = context === 'CRy' || context === 'CRt';
    if (!goesOn) {
      instance.begin();
      this.stable.begin();
    }
    let output = this.run(instance, execution, message);
    if (goesOn || (context === 'CQ' && output.effects.calls.length > 0)) {
      // A composite query is one transaction with its callbacks, until endQuery.
      instance.heap.clearMarks();
      this.stable.marks.clear();
      this.isOpen = true;
      return { ...output, memory: this.memory };
    }
    if (output.result.kind !== 'error' && execution.keepsWrites) {
      try {
        const saved = this.save(instance);
        this.commit(instance);
        return { ...output, memory: this.memory, ...(saved ? { saved } : {}) };
      } catch (error) {
        if (!(error instanceof ExecutionError)) throw error;
        const { instructions, pages, logs } = output;
        output = { ...failure(environment, error, this.memory), instructions, pages, logs };
      }
    }
    instance.rollback();
    this.stable.rollback();
    return { ...output, memory: this.memory };
  }

  /** The last callback of a composite query that has made calls has run: nothing of it stays. */
  endQuery(): void {
    this.isOpen = false;
    this.instance?.rollback();
    this.stable.rollback();
  }

  /** For a call back into the same canister during its composite query: the inner call sees the committed state. */
  suspendQuery(): void {
    if (this.instance === undefined) throw new Error('no code, so no query');
    this.suspended.push({ instance: this.instance.suspend(), stable: this.stable.suspend() });
    this.isOpen = false;
  }

  /** After the inner call: restores the composite query's writes. */
  resumeQuery(): void {
    const { instance, stable } = this.suspended.pop()!;
    this.instance?.resume(instance);
    this.stable.resume(stable);
    this.isOpen = true;
  }

  private commit(instance: ProgramInstance): void {
    this.version++;
    instance.commit(this.version);
    this.stable.commit(this.version);
  }

  private run(instance: ProgramInstance, execution: Execution, message: Message): ExecutionOutput {
    try {
      const work = entry(instance, message);
      // A canister without a handler for it has nothing against a message.
      if (work === undefined) return { ...empty(this.memory), result: { kind: 'none' }, accepted: true };
      return outputOf(execution, instance.run(execution, work), this.memory);
    } catch (error) {
      if (error instanceof ExecutionError) return failure(execution.environment, error, this.memory);
      throw error;
    }
  }

  /** Installs a module: all stages happen, or none. */
  install(environment: Environment, request: InstallRequest): InstallOutput {
    const total: ExecutionOutput = { ...empty(this.memory), result: { kind: 'none' } };
    const old = request.mode === 'upgrade' ? this.instance : undefined;
    old?.begin();
    this.stable.begin();
    try {
      const { limits, mode, stable, memory } = this;
      const site = { limits, mode, stable, memory, old };
      const [instance, program] = installStages(site, environment, request, total);
      const saved = this.save(instance, true);
      old?.commit(this.version + 1);
      this.commit(instance);
      this.instance = instance;
      this.share(program);
      this.wasm = request.wasm;
      const module = program.info;
      return { ...total, memory: this.memory, module, ...(saved ? { saved } : {}) };
    } catch (error) {
      old?.rollback();
      this.stable.rollback();
      if (!(error instanceof ExecutionError)) throw error;
      const { logs, instructions, pages } = total;
      return { ...failure(environment, error, this.memory), logs, instructions, pages };
    }
  }

  private instructionLimit(kind: Message['kind'], context: ExecutionContext): number {
    const { limits } = this;
    if (kind === 'inspect') return limits.inspectInstructions;
    return queryContexts.has(context) || context === 'RQ' ? limits.queryInstructions : limits.updateInstructions;
  }
}
