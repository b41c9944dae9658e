/**
 * Compiles an AssemblyScript entry with the options of the canister's build, for tests of rooms that the canister does
 * not export.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';
import type { Transform } from 'assemblyscript/transform';

const canister = dirname(dirname(fileURLToPath(import.meta.url)));
const assembly = join(canister, 'assembly');
const cache = join(dirname(canister), 'node_modules', '.cache', 'llama-canister', 'assembly');

/**
 * The canister is built with the first set of options. The second makes code that does the same in more instructions,
 * but compiles in half the time; tests use it if they check results and not costs.
 */
export type Optimization = '-O3' | '-O1';

const flags = ['--noAssert', '--enable', 'simd', '--runtime', 'minimal', '--maximumMemory', '65536'];

/** A hash of everything that the compiled code depends on. */
function digest(args: readonly string[]): string {
  const hash = createHash('sha256').update(`${asc.version}\n${args.join('\n')}\n`);
  for (const name of readdirSync(assembly, { recursive: true }).map(String).sort()) {
    if (name.endsWith('.ts')) hash.update(`${name}\n`).update(readFileSync(join(assembly, name)));
  }
  return hash.digest('hex').slice(0, 32);
}

/** After this time a lock is taken over, because the test that held it must have died. */
const LONGEST_MILLISECONDS = 300_000;

/**
 * Whether this process has to compile. If another one holds the lock, this one waits for it and does not do the same
 * work.
 */
function takes(lock: string): boolean {
  try {
    if (Date.now() - statSync(lock).mtimeMs > LONGEST_MILLISECONDS) rmSync(lock, { force: true });
  } catch {
    // The lock is free.
  }
  try {
    writeFileSync(lock, '', { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** The wasm of `canister/assembly/<entry>`, kept until a source changes. Throws with the compiler's messages. */
export async function compile(
  entry: string,
  optimization: Optimization,
  extra: readonly string[] = [],
  transforms: readonly (new () => Transform)[] = [],
): Promise<Uint8Array<ArrayBuffer>> {
  const args = [entry, '--outFile', 'output', '--baseDir', assembly, optimization, ...flags, ...extra];
  mkdirSync(cache, { recursive: true });
  const kept = join(cache, `${digest([...args, ...transforms.map(String)])}.wasm`);
  const lock = `${kept}.lock`;
  while (!existsSync(kept)) {
    if (!takes(lock)) {
      await new Promise((resolve) => setTimeout(resolve, 100));
      continue;
    }
    try {
      const draft = `${kept}.${process.pid}`;
      writeFileSync(draft, await compiled(entry, args, transforms));
      renameSync(draft, kept);
    } finally {
      rmSync(lock, { force: true });
    }
  }
  return new Uint8Array(readFileSync(kept));
}

async function compiled(
  entry: string,
  args: string[],
  transforms: readonly (new () => Transform)[],
): Promise<Uint8Array> {
  let output: Uint8Array | undefined;
  const { error, stderr } = await asc.main(args, {
    // The compiler does produce these, although its types say otherwise.
    transforms: transforms as unknown as Transform[],
    readFile: (name: string, baseDir: string) => {
      try {
        return readFileSync(join(baseDir, name), 'utf8');
      } catch {
        return null;
      }
    },
    writeFile: (_name: string, contents: Uint8Array | string) => {
      if (typeof contents !== 'string') output = contents;
    },
  });
  if (error || !output) throw new Error(`${entry}: ${error?.message}\n${stderr.toString()}`);
  return output;
}
