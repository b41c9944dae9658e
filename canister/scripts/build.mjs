// Builds the canister's two wasm files with nothing but npm packages:
//   build/llama.wasm   the canister (imports only ic0)
//   build/engine.wasm  the same engine without ic0, for tests, benchmarks and the browser
import { existsSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readInterface } from './candid/interface.mjs';
import { canisterModule } from './canister-module.mjs';
import { compile } from './compile.mjs';
import { generate, generated } from './generate.mjs';

const canister = dirname(dirname(fileURLToPath(import.meta.url)));

async function build() {
  mkdirSync(join(canister, 'build'), { recursive: true });
  const modules = await Promise.all(generated.map(generate));
  const stale = modules.find(({ current, wanted }) => current !== wanted);
  if (stale) throw new Error(`${stale.module} is not what its source says: npm run generate -w canister`);
  if (existsSync(join(canister, 'assembly/engine-entry.ts'))) {
    await compile({
      entry: 'assembly/engine-entry.ts',
      out: 'build/engine.wasm',
      abort: 'assembly/engine-entry/abort',
    });
  }
  const service = await readInterface(join(canister, 'llama.did'));
  await compile({
    entry: 'assembly/index.ts',
    out: 'build/llama.wasm',
    abort: 'assembly/ic/trap/abort',
    transforms: [canisterModule(service)],
  });
}

try {
  await build();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
