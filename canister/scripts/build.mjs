// Builds the canister's two wasm files with nothing but npm packages:
//   build/llama.wasm   the canister (imports only ic0), with the chat page of packages/web in it
//   build/engine.wasm  the same engine without ic0, for tests, benchmarks and the command line
// and build/SHA256SUMS, by which whoever installs them can check them: sha256sum -c build/SHA256SUMS
// --without-page compiles only, and --page-only puts a page that has changed into what is compiled.
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
import { embed, siteBytes } from './site/embed.mjs';
import { sitePlace } from './site/place.mjs';

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

/** The canister without its page, and where that goes: compiled anew only when one of its own sources has changed. */
const bare = join(canister, 'build/bare.wasm');
const place = join(canister, 'build/bare.json');

async function compileBare() {
  const service = await readInterface(join(canister, 'llama.did'));
  const found = (where) => writeFileSync(place, JSON.stringify(where));
  await compile({
    entry: 'assembly/index.ts',
    out: 'build/bare.wasm',
    abort: 'assembly/ic/trap/abort',
    transforms: [canisterModule(service), Callbacks, sitePlace(found)],
    flags: callbackFlags,
  });
}

function addPage() {
  const llama = embed(readFileSync(bare), JSON.parse(readFileSync(place, 'utf8')), siteBytes());
  writeFileSync(join(canister, 'build/llama.wasm'), llama);
  writeFileSync(join(canister, 'build/SHA256SUMS'), sums(['build/llama.wasm', 'build/engine.wasm', 'llama.did']));
}

async function build() {
  mkdirSync(join(canister, 'build'), { recursive: true });
  const modules = await Promise.all(generated.map(generate));
  const stale = modules.find(({ current, wanted }) => current !== wanted);
  if (stale) throw new Error(`${stale.module} is not what its source says: npm run generate -w canister`);
  await Promise.all([engineInThread(), compileBare()]);
}

if (!isMainThread) {
  await engine();
} else {
  try {
    if (!process.argv.includes('--page-only')) await build();
    if (!process.argv.includes('--without-page')) addPage();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
