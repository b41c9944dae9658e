/** Makes programs of modules, and keeps those that were used last. */
import { createHash } from 'node:crypto';
import { compileCostPerOperator } from '../wasm/cost.js';
import { decodeModule } from '../wasm/decode.js';
import { engine } from '../wasm/engine.js';
import { InstrumentationError, instrument, type MeteringMode } from '../wasm/instrument.js';
import { hasMemory64 } from '../wasm/module.js';
import { WasmLinkError, WasmValidationError } from '../wasm/refusal.js';
import { type ValidatedModule, validateModule } from '../wasm/validate.js';
import { ExecutionError, invalidWasm, wasmEngineError } from './errors.js';
import type { ModuleInfo } from './message.js';
import type { Program } from './program.js';

/** What a program is made of. */
export interface ProgramSource {
  wasm: Uint8Array;
  /** The most bytes that a module may have. */
  moduleBytes: number;
  mode: MeteringMode;
}

/** A program, and a hash of its source. */
export interface NamedProgram {
  name: string;
  program: Program;
}

/** The number of programs that are kept: their compiled code takes some memory. */
const mostKept = 4;

/**
 * The programs that were used last, in that order, by name. An upgrade to the same module, and another canister with it,
 * then take no time for checks and rewriting, and have the code that V8 has compiled and optimized. A program never
 * changes.
 */
const kept = new Map<string, Program>();

function nameOf({ wasm, moduleBytes, mode }: ProgramSource): string {
  return `${createHash('sha256').update(wasm).digest('hex')} ${moduleBytes} ${mode}`;
}

/** Keeps a program, as one that this thread or another has made. */
export function keepProgram({ name, program }: NamedProgram): void {
  kept.delete(name);
  kept.set(name, program);
  for (const oldest of kept.keys()) {
    if (kept.size <= mostKept) break;
    kept.delete(oldest);
  }
}

/** The program of a source, if this thread keeps it. */
export function keptProgram(source: ProgramSource): NamedProgram | undefined {
  const name = nameOf(source);
  const program = kept.get(name);
  return program && { name, program };
}

/** Checks, rewrites and compiles a module, unless its program is kept. Throws ExecutionError. */
export function loadProgram(source: ProgramSource): Program {
  const name = nameOf(source);
  const program = kept.get(name) ?? makeProgram(source);
  keepProgram({ name, program });
  return program;
}

function makeProgram({ wasm, moduleBytes, mode }: ProgramSource): Program {
  try {
    const validated = validateModule(decodeModule(wasm, moduleBytes));
    const { binary, ...instrumented } = instrument(validated.module, mode);
    const compiled = new engine.Module(binary);
    const compileCost = instrumented.operatorCount * compileCostPerOperator;
    return { info: moduleInfo(validated), instrumented, compiled, compileCost };
  } catch (error) {
    if (error instanceof WasmValidationError) throw invalidWasm(error.message, error.suggestion);
    if (error instanceof InstrumentationError) throw invalidWasm(error.message);
    if (error instanceof ExecutionError) throw error;
    if (error instanceof WasmLinkError) throw wasmEngineError(`Failed to instantiate module: ${error.message}`);
    throw wasmEngineError(`Failed to compile module: ${(error as Error).message}`);
  }
}

function moduleInfo(validated: ValidatedModule): ModuleInfo {
  return {
    metadata: validated.metadata,
    update: [...validated.methods.update],
    query: [...validated.methods.query],
    compositeQuery: [...validated.methods.compositeQuery],
    entryPoints: [...validated.entryPoints],
    systemCalls: [...validated.systemCalls],
    memory64: hasMemory64(validated.module),
    customSectionBytes: validated.module.customs.reduce((sum, { name, bytes }) => sum + name.length + bytes.length, 0),
  };
}
