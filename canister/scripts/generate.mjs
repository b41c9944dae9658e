// `npm run generate -w canister`: writes what scripts make, but for the tables of Unicode (unicode.mjs), which are made once.
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { readInterface } from './candid/interface.mjs';
import { generateModule } from './candid/module.mjs';
import { kernelModules } from './kernels.mjs';
import { methodsModule } from './methods.mjs';
import { methodsReference } from './methods-reference.mjs';
import { sha256Module } from './sha256.mjs';
import { assemblyModule, clientModule } from './tensor-types.mjs';

const canister = dirname(dirname(fileURLToPath(import.meta.url)));

/** Classes, decoders and encoders for a .did; `candid` is where ic/candid lies, as seen from the module. */
async function wireTypes(did, candid) {
  return generateModule(await readInterface(join(canister, did)), did, candid);
}

/** Each module that is made, from what, and how. */
export const generated = [
  {
    module: 'assembly/ic/candid/service.generated.ts',
    source: 'llama.did',
    make: () => wireTypes('llama.did', '.'),
  },
  {
    module: 'assembly/methods.generated.ts',
    source: 'llama.did',
    make: async () => methodsModule(await readInterface(join(canister, 'llama.did'))),
  },
  {
    module: '../docs/methods.md',
    source: 'llama.did',
    make: () => methodsReference(readFileSync(join(canister, 'llama.did'), 'utf8')),
  },
  {
    module: 'assembly/testing/candid.generated.ts',
    source: 'test/candid.did',
    make: () => wireTypes('test/candid.did', '../ic/candid'),
  },
  {
    module: 'assembly/storage/sha256-compress.generated.ts',
    source: 'scripts/sha256.mjs',
    make: sha256Module,
  },
  {
    module: 'assembly/llm/gguf/tensor-types.generated.ts',
    source: 'scripts/tensor-types.json',
    make: assemblyModule,
  },
  {
    module: '../packages/client/src/gguf/tensor-types.generated.ts',
    source: 'scripts/tensor-types.json',
    make: clientModule,
  },
  ...Object.entries(kernelModules).map(([name, text]) => ({
    module: `assembly/llm/kernels/${name}`,
    source: 'scripts/kernels.mjs',
    make: () => text,
  })),
];

/** What a module should be, and what it is; equal unless its source has changed since it was generated. */
export async function generate({ module, make }) {
  const file = join(canister, module);
  let current = '';
  try {
    current = readFileSync(file, 'utf8');
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
  }
  return { module, file, current, wanted: await make() };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  for (const entry of generated) {
    const { file, current, wanted } = await generate(entry);
    if (current === wanted) continue;
    writeFileSync(file, wanted);
    console.log(`generated ${entry.module}`);
  }
}
