/**
 * Rewrites a module so that it counts its instructions and tracks the heap pages that it touches, without seeing
 * either. It works on the binary itself: the executed and charged operators are the very ones that were installed.
 *
 * Memory. The real memory is imported and has marks in front (heap-layout.ts): each byte stands for one 64 KiB page of
 * the canister: bit 0 accessed, bit 1 written in the present message. All constant offsets of loads and stores grow by
 * the marks' size (and bulk operators' addresses likewise), so no canister address reaches them; memory.size answers
 * from a global. An unmarked page makes the code call the host, which checks bounds, charges, saves the page for undo
 * and marks it. Pages beyond the canister's present size are never marked, so growth can be taken back although the
 * real memory cannot shrink.
 *
 * Instructions. The global `__left` counts down from the message's limit, by the rules in metering.ts.
 *
 * State. Mutable globals are exported as `__global_<i>` (vectors by functions, as two i64); active data segments are
 * taken out (the host writes them once, and a module can be instantiated again over the same memory); the start
 * function becomes the export `__start`.
 */
import { decodeFunction } from './code.js';
import { FunctionRewriter, type RewritingContext } from './function-rewriter.js';
import { heapLayout } from './heap-layout.js';
import { type HelperIndices, helperFunctions, helperTypes, hostImports, vectorAccess } from './helpers.js';
import {
  type DataSegment,
  type ElementSegment,
  type Export,
  type FunctionType,
  type Global,
  hasMemory64,
  type Import,
  type WasmModule,
} from './module.js';
import { encodeModule, type UnlikelyBranches } from './module-writer.js';
import { op } from './op.js';
import { ValueType } from './opcodes.js';
import { narrowElement, narrowTables } from './tables.js';

/** The tracked pages: all first accesses (exact), or only those needed to undo writes. */
export type MeteringMode = 'exact' | 'fast';

export interface InstrumentedModule {
  binary: Uint8Array;
  /** The canister's memory in pages as it sees it; undefined when it declares none. */
  memory: { min: number; max: number; is64: boolean } | undefined;
  /** Active data segments, to be written at instantiation (free of charge). */
  data: { offset: number; bytes: Uint8Array }[];
  /** The mutable globals, exported as `__global_<i>`; vectors by the functions `__vector_<i>` and `__set_vector_<i>`. */
  mutableGlobals: { index: number; vector: boolean }[];
  hasTable: boolean;
  hasStart: boolean;
  /** The code drops data segments: an instance then serves for one message only, as on main net. */
  spoilsInstance: boolean;
  /** Operators of the code as the replica would compile it, for the cost of compilation. */
  operatorCount: number;
}

/** The module cannot be rewritten for execution; the text is the replica's. */
export class InstrumentationError extends Error {}

export function instrument(module: WasmModule, mode: MeteringMode = 'exact'): InstrumentedModule {
  const types = [...module.types];
  const typeIndex = (type: FunctionType): number => {
    const same = (a: readonly number[], b: readonly number[]) => a.length === b.length && a.every((t, i) => t === b[i]);
    const found = types.findIndex((each) => same(each.params, type.params) && same(each.results, type.results));
    return found >= 0 ? found : types.push(type) - 1;
  };

  const functionImports = module.imports.filter((entry) => entry.kind === 'func');
  const importedFunctions = functionImports.length;
  const memory = module.memories[0];
  const memory64 = hasMemory64(module);
  const { base, maxPages: maxHeapPages } = heapLayout(memory64);
  const markPages = base / 65536;
  if (memory !== undefined && memory.min > maxHeapPages) {
    throw new InstrumentationError(
      `initial memory of ${memory.min} pages exceeds the ${maxHeapPages} pages of this network`,
    );
  }

  const hostTypes = helperTypes(memory64);
  const imports: Import[] = [
    ...module.imports,
    ...hostImports.map((name) => ({ module: '__', name, kind: 'func' as const, type: typeIndex(hostTypes[name]) })),
    {
      module: '__',
      name: 'memory',
      kind: 'memory',
      type: { min: markPages, max: maxHeapPages + markPages, is64: memory64, isShared: true },
    },
  ];
  const shift = hostImports.length;
  const globalCount = module.globals.length;
  const context: RewritingContext = {
    shape: {
      types: module.types,
      functionTypeOf: (index) => {
        const type =
          index < importedFunctions ? functionImports[index]?.type : module.functions[index - importedFunctions];
        return module.types[type!]!;
      },
    },
    writesOnly: mode === 'fast',
    importedFunctions,
    helpers: {
      hosts: Object.fromEntries(hostImports.map((name, i) => [name, importedFunctions + i])) as HelperIndices['hosts'],
      first: importedFunctions + shift + module.functions.length,
    },
    leftGlobal: globalCount,
    exhaustedGlobal: globalCount + 1,
    pagesGlobal: globalCount + 2,
    tables: module.tables,
  };

  const unlikely: UnlikelyBranches[] = [];
  let spoilsInstance = false;
  let operatorCount = 2 * globalCount;
  const bodies = module.bodies.map((body, i) => {
    const code = decodeFunction(body, memory64);
    const rewriter = new FunctionRewriter(context, code, module.types[module.functions[i]!]!);
    const rewritten = rewriter.run();
    operatorCount += rewriter.compiledOperators;
    if (rewriter.unlikely.length > 0)
      unlikely.push({ index: importedFunctions + shift + i, offsets: rewriter.unlikely });
    for (let n = 0; n < code.count; n++) spoilsInstance ||= code.opcodes[n] === op.dataDrop;
    return rewritten;
  });

  const mutableGlobals = module.globals.flatMap(({ mutable, type }, index) =>
    mutable ? [{ index, vector: type === ValueType.v128 }] : [],
  );
  const vectors = mutableGlobals.filter(({ vector }) => vector).map(({ index }) => index);
  const helpers = helperFunctions(context.helpers, context, module.data.length, memory64);
  const firstVectorFunction = context.helpers.first + helpers.length;
  helpers.push(...vectors.flatMap(vectorAccess));
  const functions = [...module.functions, ...helpers.map(({ type }) => typeIndex(type))];
  for (const { body } of helpers) bodies.push(body);

  const moved = (index: number) => (index < importedFunctions ? index : index + shift);
  const exports: Export[] = module.exports
    .filter((entry) => entry.kind === 'func' && entry.name.startsWith('canister_'))
    .map((entry) => ({ ...entry, index: moved(entry.index) }));
  exports.push(
    ...mutableGlobals
      .filter(({ vector }) => !vector)
      .map(({ index }) => ({ name: `__global_${index}`, kind: 'global' as const, index })),
    ...vectors.flatMap((index, n) => [
      { name: `__vector_${index}`, kind: 'func' as const, index: firstVectorFunction + 2 * n },
      { name: `__set_vector_${index}`, kind: 'func' as const, index: firstVectorFunction + 2 * n + 1 },
    ]),
    { name: '__left', kind: 'global', index: context.leftGlobal },
    { name: '__exhausted', kind: 'global', index: context.exhaustedGlobal },
    { name: '__pages', kind: 'global', index: context.pagesGlobal },
  );
  const hasTable = module.tables.length > 0;
  if (hasTable) exports.push({ name: '__table', kind: 'table', index: 0 });
  if (module.start !== undefined) exports.push({ name: '__start', kind: 'func', index: moved(module.start) });

  const counter = (type: number): Global => ({
    type,
    mutable: true,
    init: { opcode: type === ValueType.i64 ? op.i64Const : op.i32Const, immediate: Uint8Array.of(0) },
  });
  const binary = encodeModule(
    {
      ...module,
      types,
      imports,
      functions,
      memories: [],
      globals: [
        ...module.globals.map((global) => ({ ...global, init: moveReference(global.init, moved) })),
        counter(ValueType.i64),
        counter(ValueType.i32),
        counter(ValueType.i32),
      ],
      exports,
      start: undefined,
      tables: narrowTables(module.tables),
      elements: module.elements.map((segment) => moveElement(narrowElement(segment, module.tables), moved)),
      bodies,
      data: module.data.map((segment) =>
        segment.mode === 'passive' ? segment : { mode: 'passive', bytes: new Uint8Array() },
      ),
    },
    unlikely,
  );
  return {
    binary,
    memory: memory && { min: memory.min, max: Math.min(memory.max ?? maxHeapPages, maxHeapPages), is64: memory64 },
    data: activeData(module.data, memory?.min ?? 0),
    mutableGlobals,
    hasTable,
    hasStart: module.start !== undefined,
    spoilsInstance,
    operatorCount,
  };
}

function activeData(segments: readonly DataSegment[], pages: number): InstrumentedModule['data'] {
  return segments.flatMap((segment) => {
    if (segment.mode === 'passive') return [];
    const { opcode, value = 0 } = segment.offset!;
    const offset = opcode === op.i32Const ? value >>> 0 : value;
    if (offset + segment.bytes.length > pages * 65536) {
      throw new InstrumentationError(
        `Wasm module has invalid data segment of ${segment.bytes.length} bytes at ${offset}`,
      );
    }
    return [{ offset, bytes: segment.bytes }];
  });
}

function moveReference(expression: Global['init'], moved: (index: number) => number): Global['init'] {
  return expression.opcode === op.refFunc ? { ...expression, value: moved(expression.value!) } : expression;
}

function moveElement(segment: ElementSegment, moved: (index: number) => number): ElementSegment {
  const items =
    'functions' in segment.items
      ? { functions: segment.items.functions.map(moved) }
      : { expressions: segment.items.expressions.map((expression) => moveReference(expression, moved)) };
  return { ...segment, items };
}
