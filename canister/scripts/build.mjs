// Builds the canister's two wasm files with nothing but npm packages:
//   build/llama.wasm   the canister (imports only ic0)
//   build/engine.wasm  the same engine without ic0, for tests, benchmarks and the browser
import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';

const canister = dirname(dirname(fileURLToPath(import.meta.url)));

const flags = ['-O3', '--noAssert', '--enable', 'simd', '--runtime', 'minimal', '--maximumMemory', '65536'];

async function compile(entry, out, extra = []) {
  const { error, stderr } = await asc.main([entry, '--outFile', out, '--baseDir', canister, ...flags, ...extra], {});
  if (error) {
    console.error(stderr.toString());
    console.error(`${entry}: ${error.message}`);
    process.exit(1);
  }
}

mkdirSync(join(canister, 'build'), { recursive: true });
await compile('assembly/engine-entry.ts', 'build/engine.wasm', ['--use', 'abort=assembly/engine-entry/abort']);
await compile('assembly/index.ts', 'build/llama.wasm', ['--use', 'abort=assembly/index/abort']);
