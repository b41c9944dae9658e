/** Compiles an AssemblyScript entry as the canister's build does: for tests of rooms that have no export. */
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
 * The canister's build takes the first. The second does the same things in more instructions, and is compiled in half the
 * time: for tests that ask what is computed, and not what it costs.
 */
export type Optimization = '-O3' | '-O1';

const flags = ['--noAssert', '--enable', 'simd', '--runtime', 'minimal', '--maximumMemory', '65536'];

/** Changes with anything that the outcome depends on. */
function digest(args: readonly string[]): string {
  const hash = createHash('sha256').update(`${asc.version}\n${args.join('\n')}\n`);
  for (const name of readdirSync(assembly, { recursive: true }).map(String).sort()) {
    if (name.endsWith('.ts')) hash.update(`${name}\n`).update(readFileSync(join(assembly, name)));
  }
  return hash.digest('hex').slice(0, 32);
}

/** A test that takes longer to compile has ended without taking its lock away. */
const LONGEST_MILLISECONDS = 300_000;

/** Whether this process is the one to compile what the lock is of: others wait, instead of doing the same. */
function takes(lock: string): boolean {
  try {
    if (Date.now() - statSync(lock).mtimeMs > LONGEST_MILLISECONDS) rmSync(lock, { force: true });
  } catch {
    // Nobody has it.
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
    // The compiler makes them, whatever its types say.
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
