import { managedHeap } from '../scripts/compile.mjs';
import { compile } from './compile.js';

const modules = new Map<string, Promise<WebAssembly.Module>>();

/** A test entry (a file of canister/assembly/testing) that uses the system API, compiled as the canister is. */
export function canisterModule(entry: string): Promise<WebAssembly.Module> {
  const known = modules.get(entry);
  if (known) return known;
  const flags = ['--use', 'abort=ic/trap/abort', ...managedHeap];
  const module = compile(`testing/${entry}`, flags).then((wasm) => WebAssembly.compile(wasm));
  modules.set(entry, module);
  return module;
}
