/** Compiles an AssemblyScript entry as the canister's build does, in memory: for tests of rooms that have no export. */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';

const assembly = join(dirname(dirname(fileURLToPath(import.meta.url))), 'assembly');

const flags = ['-O3', '--noAssert', '--enable', 'simd', '--runtime', 'minimal', '--maximumMemory', '65536'];

/** The wasm of `canister/assembly/<entry>`, or its text format. Throws with the compiler's messages. */
export async function compile(entry: string, format: 'binary', extra?: string[]): Promise<Uint8Array<ArrayBuffer>>;
export async function compile(entry: string, format: 'text', extra?: string[]): Promise<string>;
export async function compile(entry: string, format: 'binary' | 'text', extra: string[] = []) {
  let output: Uint8Array | string | undefined;
  const { error, stderr } = await asc.main(
    [entry, format === 'binary' ? '--outFile' : '--textFile', 'output', '--baseDir', assembly, ...flags, ...extra],
    {
      readFile: (name: string, baseDir: string) => {
        try {
          return readFileSync(join(baseDir, name), 'utf8');
        } catch {
          return null;
        }
      },
      writeFile: (_name: string, contents: Uint8Array | string) => {
        output = contents;
      },
    },
  );
  if (error || output === undefined) throw new Error(`${entry}: ${error?.message}\n${stderr.toString()}`);
  return typeof output === 'string' ? output : new Uint8Array(output);
}
