/** An installable module, checked, rewritten and compiled (load-program.ts); and an instance of it over a heap. */
import {
  type CompiledModule,
  engine,
  type WasmFunction,
  type WasmGlobal,
  type WasmInstance,
  type WasmTable,
} from '../wasm/engine.js';
import type { hostImports } from '../wasm/helpers.js';
import type { InstrumentedModule } from '../wasm/instrument.js';
import { ExecutionError, functionNotFound, outOfMemory, trapped, wasmEngineError } from './errors.js';
import { Execution, type ExecutionParts } from './execution.js';
import { Heap, type HeapChanges } from './heap.js';
import { systemApiImports, unsigned } from './ic0/index.js';
import type { GlobalValues, ModuleInfo } from './message.js';

/** Enough of a program to run it over an existing heap. */
export interface SharedProgram {
  instrumented: Omit<InstrumentedModule, 'binary'>;
  compiled: CompiledModule;
}

/** Plain data and compiled code, which threads can send each other. */
export interface Program extends SharedProgram {
  info: ModuleInfo;
  /** Instructions that its compilation counts for. */
  compileCost: number;
}

/** A heap of `pages` for a program. Throws RangeError when there is no room for it. */
export function emptyHeap({ instrumented: { memory } }: SharedProgram, pages: number): Heap {
  return new Heap(pages, memory?.max ?? 0, memory?.is64 ?? false);
}

export function shareable({ instrumented, compiled }: Program): SharedProgram {
  return { instrumented: { ...instrumented, data: [] }, compiled };
}

/** The replica's names for the engine's traps; all others are "unknown" there. */
const trapReasons: readonly (readonly [RegExp, string])[] = [
  [/memory access out of bounds/, 'heap out of bounds'],
  [/table index is out of bounds|table access out of bounds|table out of bounds/i, 'table out of bounds'],
  [/divide by zero|remainder by zero/, 'integer division by 0'],
  [/unreachable/, 'unreachable'],
];

/** A v128 global as two of i64, because JavaScript cannot read a v128. */
function vectorHalves({ exports }: WasmInstance, index: number): WasmGlobal[] {
  const get = exports[`__vector_${index}`] as () => [bigint, bigint];
  const set = exports[`__set_vector_${index}`] as (low: bigint, high: bigint) => void;
  const half = (i: 0 | 1): WasmGlobal => ({
    get value() {
      return get()[i];
    },
    set value(value: number | bigint) {
      const halves = get();
      halves[i] = BigInt(value);
      set(...halves);
    },
  });
  return [half(0), half(1)];
}

/** The changes of an open transaction to globals and heap. */
export interface InstanceChanges {
  globals: GlobalValues;
  heap: HeapChanges;
}

export class ProgramInstance {
  readonly program: SharedProgram;
  readonly heap: Heap;
  private execution: Execution | undefined;
  private instance: WasmInstance;
  private globals: WasmGlobal[];
  private saved: GlobalValues = [];
  private spoiled = false;

  /** Makes a fresh instance: an empty heap with the module's data in it, or a heap that was there before. */
  constructor(program: SharedProgram, keptHeap?: Heap) {
    this.program = program;
    const { memory, data } = program.instrumented;
    try {
      this.heap = keptHeap ?? emptyHeap(program, memory?.min ?? 0);
    } catch (error) {
      throw wasmEngineError(`Failed to instantiate module: ${(error as Error).message}`);
    }
    if (keptHeap !== undefined && !keptHeap.adopt(memory?.min ?? 0, memory?.max ?? 0)) throw outOfMemory();
    if (keptHeap === undefined) {
      for (const { offset, bytes } of data) this.heap.fill(offset, bytes);
    }
    [this.instance, this.globals] = this.instantiate();
  }

  private instantiate(): [WasmInstance, WasmGlobal[]] {
    const current = (): Execution => {
      if (this.execution === undefined) throw new Error('a system call outside of any execution');
      return this.execution;
    };
    const hosts: Record<(typeof hostImports)[number], WasmFunction> = {
      readMiss: (first, last) => current().miss(unsigned(first!), unsigned(last!), false),
      writeMiss: (first, last) => current().miss(unsigned(first!), unsigned(last!), true),
      outOfBounds: () => {
        throw trapped('heap out of bounds');
      },
      grow: (pages) => {
        const before = current().growHeap(unsigned(pages!));
        return this.heap.memory64 ? BigInt(before) : before;
      },
      bulkBegin: (bytes) => current().bulkBegin(unsigned(bytes!)),
      bulkEnd: () => current().bulkEnd(),
    };
    try {
      const instance = new engine.Instance(this.program.compiled, {
        ic0: systemApiImports(current, this.heap.memory64),
        __: { ...hosts, memory: this.heap.memory },
      });
      const { mutableGlobals } = this.program.instrumented;
      const globals = mutableGlobals.flatMap(({ index, vector }) =>
        vector ? vectorHalves(instance, index) : [instance.exports[`__global_${index}`] as WasmGlobal],
      );
      return [instance, globals];
    } catch (error) {
      const text = (error as Error).message;
      // Element segments are the only thing that can fail at instantiation.
      throw /table/i.test(text)
        ? trapped('table out of bounds')
        : wasmEngineError(`Failed to instantiate module: ${text}`);
    }
  }

  /** The exported function of this name; undefined if there is none. */
  exported(name: string): WasmFunction | undefined {
    return this.instance.exports[name] as WasmFunction | undefined;
  }

  /** A callback out of the function table. */
  callback(index: number): WasmFunction {
    const table = this.instance.exports.__table as WasmTable | undefined;
    const found = table !== undefined && index < table.length ? table.get(index) : null;
    if (found === null || found.length !== 1) throw functionNotFound(index);
    return found;
  }

  /** The mutable globals, in the order of the module; vectors as two halves. */
  get globalValues(): GlobalValues {
    return this.globals.map((global) => global.value);
  }

  set globalValues(values: GlobalValues) {
    this.globals.forEach((global, i) => {
      global.value = values[i]!;
    });
  }

  /** Begins a transaction over globals and heap. Tables and segments are as in the module at the start of every message. */
  begin(): void {
    this.saved = this.globalValues;
    if (this.spoiled) {
      [this.instance, this.globals] = this.instantiate();
      this.globalValues = this.saved;
      this.spoiled = false;
    }
    this.heap.begin();
  }

  commit(version: number): void {
    this.heap.commit(version);
  }

  rollback(): void {
    this.heap.rollback();
    this.globalValues = this.saved;
  }

  /** Takes the transaction out: heap and globals are as they were before it, until `resume`. */
  suspend(): InstanceChanges {
    const globals = this.globalValues;
    const heap = this.heap.suspend();
    this.globalValues = this.saved;
    return { globals, heap };
  }

  /** Begins a transaction with the writes of an earlier one. */
  resume({ globals, heap }: InstanceChanges): void {
    this.begin();
    this.heap.resume(heap);
    this.globalValues = globals;
  }

  /** Runs a function as an execution; returns why it was stopped, if it was. */
  run(execution: Execution, work: () => void): ExecutionError | undefined {
    const exhausted = this.instance.exports.__exhausted as WasmGlobal<number>;
    exhausted.value = 0;
    execution.start(
      this.instance.exports.__left as WasmGlobal<bigint>,
      this.instance.exports.__pages as WasmGlobal<number>,
    );
    this.execution = execution;
    this.spoiled ||= this.program.instrumented.spoilsInstance;
    try {
      work();
      return undefined;
    } catch (error) {
      if (error instanceof ExecutionError) return error;
      if (exhausted.value === 1) return execution.exhausted();
      if (error instanceof engine.RuntimeError) {
        const text = error.message;
        return trapped(trapReasons.find(([pattern]) => pattern.test(text))?.[1] ?? 'unknown');
      }
      if (error instanceof RangeError && /call stack/.test(error.message)) return trapped('stack overflow');
      return wasmEngineError(`Unexpected: ${(error as Error).stack ?? String(error)}`);
    } finally {
      this.execution = undefined;
    }
  }
}

/** An execution in an instance's memory. */
export function executionIn(
  { heap, program }: ProgramInstance,
  parts: Omit<ExecutionParts, 'heap' | 'hasMemory'>,
): Execution {
  return new Execution({ ...parts, heap, hasMemory: program.instrumented.memory !== undefined });
}
