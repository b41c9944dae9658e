// Builds the canister's two wasm files with nothing but npm packages:
//   build/llama.wasm   the canister (imports only ic0), with the chat page of packages/web in it
//   build/engine.wasm  the same engine without ic0, for tests, benchmarks and the command line
// and build/SHA256SUMS, by which whoever installs them can check them: sha256sum -c build/SHA256SUMS
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isMainThread, Worker } from 'node:worker_threads';
import { Callbacks, callbackFlags } from './callbacks.mjs';
import { readInterface } from './candid/interface.mjs';
import { canisterModule } from './canister-module.mjs';
import { compile } from './compile.mjs';
import { generate, generated } from './generate.mjs';
import { writeSource } from './site/source.mjs';

const canister = dirname(dirname(fileURLToPath(import.meta.url)));

function sums(files) {
  const sha256 = (file) =>
    createHash('sha256')
      .update(readFileSync(join(canister, file)))
      .digest('hex');
  return files.map((file) => `${sha256(file)}  ${file}\n`).join('');
}

function engine() {
  return compile({
    entry: 'assembly/engine-entry.ts',
    out: 'build/engine.wasm',
    abort: 'assembly/engine-entry/abort',
  });
}

/** The compiler uses one core: two of them take half the time. */
function engineInThread() {
  return new Promise((resolve, reject) => {
    const worker = new Worker(fileURLToPath(import.meta.url));
    worker.once('error', reject);
    worker.once('exit', resolve);
  });
}

async function llama() {
  writeSource(join(canister, 'build/site.ts'));
  const service = await readInterface(join(canister, 'llama.did'));
  await compile({
    entry: 'assembly/index.ts',
    out: 'build/llama.wasm',
    abort: 'assembly/ic/trap/abort',
    transforms: [canisterModule(service), Callbacks],
    flags: callbackFlags,
  });
}

async function build() {
  mkdirSync(join(canister, 'build'), { recursive: true });
  const modules = await Promise.all(generated.map(generate));
  const stale = modules.find(({ current, wanted }) => current !== wanted);
  if (stale) throw new Error(`${stale.module} is not what its source says: npm run generate -w canister`);
  await Promise.all([engineInThread(), llama()]);
  writeFileSync(join(canister, 'build/SHA256SUMS'), sums(['build/llama.wasm', 'build/engine.wasm', 'llama.did']));
}

if (!isMainThread) {
  await engine();
} else {
  try {
    await build();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
