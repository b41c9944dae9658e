/**
 * The real memory behind a canister's heap, with marks in front (wasm/heap-layout.ts), in 32 and 64 bits. It is shared, so that
 * queries can be answered out of it by another thread while a message runs (committed.ts).
 */
import { ByteWriter } from '../wasm/bytes.js';
import { engine, type WasmMemory } from '../wasm/engine.js';
import { heapLayout } from '../wasm/heap-layout.js';
import { encodeModule } from '../wasm/module-writer.js';
import { ValueType } from '../wasm/opcodes.js';

const pageSize = 65536;

export interface HeapMemory {
  memory: WasmMemory;
  /** Adds pages; false when the engine has no room for them. */
  grow: (pages: number) => boolean;
}

/** A memory for `pages` of the canister. Throws RangeError when the engine has no room for them. */
export function heapMemory(pages: number, memory64: boolean): HeapMemory {
  const { base, maxPages } = heapLayout(memory64);
  const [initial, maximum] = [pages + base / pageSize, maxPages + base / pageSize];
  return memory64 ? wide(initial, maximum) : narrow(initial, maximum);
}

function narrow(initial: number, maximum: number): HeapMemory {
  const memory = new engine.Memory({ initial, maximum, shared: true });
  const grow = (pages: number) => {
    try {
      memory.grow(pages);
      return true;
    } catch (error) {
      if (error instanceof RangeError) return false;
      throw error;
    }
  };
  return { memory, grow };
}

/** Takes a 64-bit memory out of a module, because the JavaScript name of the address type differs between engines. */
function wide(initial: number, maximum: number): HeapMemory {
  const { i64 } = ValueType;
  const marks = heapLayout(true).base / pageSize;
  const binary = encodeModule({
    types: [{ params: [i64], results: [i64] }],
    imports: [],
    functions: [0],
    tables: [],
    memories: [{ min: marks, max: maximum, is64: true, isShared: true }],
    globals: [],
    exports: [
      { name: 'memory', kind: 'memory', index: 0 },
      { name: 'grow', kind: 'func', index: 0 },
    ],
    start: undefined,
    elements: [],
    dataCount: undefined,
    bodies: [new ByteWriter().u8(0x00, 0x20, 0, 0x40, 0, 0x0b).finish()], // local.get 0, memory.grow
    data: [],
    customs: [],
    codeSectionSize: 0,
  });
  const { exports } = new engine.Instance(new engine.Module(binary), {});
  const memory = exports.memory as WasmMemory;
  const growBy = exports.grow as (pages: bigint) => bigint;
  const grow = (pages: number) => growBy(BigInt(pages)) >= 0n;
  if (!grow(initial - marks)) throw new RangeError(`the engine has no room for a memory of ${initial} pages`);
  return { memory, grow };
}
