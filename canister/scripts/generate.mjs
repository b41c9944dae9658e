// `npm run generate -w canister`: writes the AssemblyScript that is made from .did files.
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { readInterface } from './candid/interface.mjs';
import { generateModule } from './candid/module.mjs';

const canister = dirname(dirname(fileURLToPath(import.meta.url)));

/** Each .did, the module made from it, and where ic/candid lies as seen from there. */
export const generated = [
  { did: 'llama.did', module: 'assembly/ic/candid/service.generated.ts', candid: '.' },
  { did: 'test/candid.did', module: 'assembly/testing/candid.generated.ts', candid: '../ic/candid' },
];

/** What the module should be, and what it is; equal unless the .did has changed since it was generated. */
export async function generate({ did, module, candid }) {
  const service = await readInterface(join(canister, did));
  const file = join(canister, module);
  let current = '';
  try {
    current = readFileSync(file, 'utf8');
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
  }
  return { file, current, wanted: generateModule(service, did, candid) };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  for (const entry of generated) {
    const { file, current, wanted } = await generate(entry);
    if (current === wanted) continue;
    writeFileSync(file, wanted);
    console.log(`generated ${entry.module}`);
  }
}
