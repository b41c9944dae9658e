// The AssemblyScript compiler with the flags that every module of the canister is built with.
import { readFileSync, rmSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';

const canister = dirname(dirname(fileURLToPath(import.meta.url)));

/**
 * The managed heap is a fixed region at the bottom of the memory, between the static data and this address: big things
 * take their pages above it, and a managed allocation that does not fit traps instead of growing memory among them.
 */
const MANAGED_END = 16 << 20;
export const managedHeap = ['--initialMemory', String(MANAGED_END >> 16), '--lowMemoryLimit', String(MANAGED_END)];

const common = [
  '-O3',
  '--noAssert',
  '--enable',
  'simd',
  '--runtime',
  'minimal',
  '--maximumMemory',
  '65536',
  ...managedHeap,
];

/** Paths relative to the canister's folder, as asc wants them on every system. */
function path(file) {
  return relative(canister, join(canister, file)).replaceAll('\\', '/');
}

/**
 * Compiles one module; throws with the compiler's messages.
 * @param {{ entry: string, out: string, abort: string, transforms?: Function[], flags?: string[] }} module `entry` and `out` are files
 *   relative to the canister's folder, `abort` names the function that the runtime calls when it cannot go on
 */
export async function compile({ entry, out, abort, transforms = [], flags = [] }) {
  const args = [
    path(entry),
    '--outFile',
    path(out),
    '--baseDir',
    canister,
    '--use',
    `abort=${abort}`,
    ...common,
    ...flags,
  ];
  const { error, stderr } = await asc.main(args, { transforms });
  if (!error) return readFileSync(join(canister, out));
  // Whatever is left of an earlier build would pass for this one.
  rmSync(join(canister, out), { force: true });
  throw new Error(`${entry}: ${error.message}\n${stderr.toString()}`);
}
