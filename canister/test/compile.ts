/** Compiles an AssemblyScript entry as the canister's build does: for tests of rooms that have no export. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';
import type { Transform } from 'assemblyscript/transform';

const canister = dirname(dirname(fileURLToPath(import.meta.url)));
const assembly = join(canister, 'assembly');
const cache = join(dirname(canister), 'node_modules', '.cache', 'llama-canister', 'assembly');

const flags = ['-O3', '--noAssert', '--enable', 'simd', '--runtime', 'minimal', '--maximumMemory', '65536'];

/** Changes with anything that the outcome depends on. */
function digest(args: readonly string[]): string {
  const hash = createHash('sha256').update(`${asc.version}\n${args.join('\n')}\n`);
  for (const name of readdirSync(assembly, { recursive: true }).map(String).sort()) {
    if (name.endsWith('.ts')) hash.update(`${name}\n`).update(readFileSync(join(assembly, name)));
  }
  return hash.digest('hex').slice(0, 32);
}

/** The wasm of `canister/assembly/<entry>`, kept until a source changes. Throws with the compiler's messages. */
export async function compile(
  entry: string,
  extra: readonly string[] = [],
  transforms: readonly (new () => Transform)[] = [],
): Promise<Uint8Array<ArrayBuffer>> {
  const args = [entry, '--outFile', 'output', '--baseDir', assembly, ...flags, ...extra];
  const kept = join(cache, `${digest([...args, ...transforms.map(String)])}.wasm`);
  if (existsSync(kept)) return new Uint8Array(readFileSync(kept));
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
  mkdirSync(cache, { recursive: true });
  // Another test may be writing the same file.
  const draft = `${kept}.${process.pid}`;
  writeFileSync(draft, output);
  renameSync(draft, kept);
  return new Uint8Array(output);
}
