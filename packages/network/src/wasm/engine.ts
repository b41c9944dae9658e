/** The JavaScript engine's WebAssembly, with the types that are needed here (Node's own typings leave it out). */
import { setFlagsFromString } from 'node:v8';

// V8 has 64-bit memories without being asked from version 13 on (Node 24). It reads this once, before the first module.
if (Number.parseInt(process.versions.v8, 10) < 13) {
  setFlagsFromString('--experimental-wasm-memory64');
  setFlagsFromString('--experimental-wasm-branch-hinting');
}

export type WasmFunction = (...operands: (number | bigint)[]) => unknown;

export interface WasmMemory {
  /** Can be read by other threads. */
  readonly buffer: SharedArrayBuffer;
  /** Adds pages of 64 KiB; throws RangeError when it cannot. */
  grow(pages: number): number;
}

export interface WasmGlobal<T extends number | bigint = number | bigint> {
  value: T;
}

export interface WasmTable {
  readonly length: number;
  get(index: number): WasmFunction | null;
}

export interface CompiledModule {
  readonly compiled?: never;
}

export interface WasmInstance {
  readonly exports: Readonly<Record<string, unknown>>;
}

interface Engine {
  validate(bytes: Uint8Array): boolean;
  Module: new (bytes: Uint8Array) => CompiledModule;
  Instance: new (module: CompiledModule, imports: Record<string, Record<string, unknown>>) => WasmInstance;
  Memory: new (limits: { initial: number; maximum: number; shared: true }) => WasmMemory;
  RuntimeError: new (message?: string) => Error;
}

export const engine = (globalThis as unknown as { WebAssembly: Engine }).WebAssembly;
