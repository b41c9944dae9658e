/** Canisters in the text format that use the system interface. */
import { expect } from 'vitest';
import { ValueType } from '../wasm/opcodes.js';
import { importType } from '../wasm/system-api.js';
import { wat } from '../wasm/wat.test-support.js';
import { DirectCanister, type DirectOptions } from './direct.js';

const letters = (types: readonly number[]) => types.map((type) => (type === ValueType.i32 ? 'i32' : 'i64')).join(' ');

/** `(import ...)` lines for the named functions, called `$name`. */
export function imports(...names: string[]): string {
  return importsOf(names, false);
}

export function imports64(...names: string[]): string {
  return importsOf(names, true);
}

function importsOf(names: string[], memory64: boolean): string {
  return names
    .map((name) => {
      const { params, results } = importType(name, memory64)!;
      return `(import "ic0" "${name}" (func $${name} (param ${letters(params)}) (result ${letters(results)})))`;
    })
    .join('\n');
}

export function installed(module: string, options: DirectOptions = {}): DirectCanister {
  const canister = new DirectCanister(options);
  expect(canister.install(wat(module)).result).toEqual({ kind: 'none' });
  return canister;
}
