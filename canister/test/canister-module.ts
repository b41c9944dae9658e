import { Callbacks, callbackFlags } from '../scripts/callbacks.mjs';
import { managedHeap } from '../scripts/compile.mjs';
import { compile } from './compile.js';

const modules = new Map<string, Promise<WebAssembly.Module>>();

/**
 * A test entry (a file of canister/assembly/testing) that uses the system API, compiled like the canister itself; with
 * the callbacks of calls if it makes calls.
 */
export function canisterModule(entry: string, makesCalls = false): Promise<WebAssembly.Module> {
  const known = modules.get(entry);
  if (known) return known;
  const flags = ['--use', 'abort=ic/trap/abort', ...managedHeap, ...(makesCalls ? callbackFlags : [])];
  const module = compile(`testing/${entry}`, '-O1', flags, makesCalls ? [Callbacks] : []).then((wasm) =>
    WebAssembly.compile(wasm),
  );
  modules.set(entry, module);
  return module;
}
