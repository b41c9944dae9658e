import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { generate } from '@icp-sdk/bindgen/core';
import { expect, test } from 'vitest';

const here = dirname(fileURLToPath(import.meta.url));

test('llama.did.ts matches the generator’s output for canister/llama.did', async () => {
  const outDir = await mkdtemp(join(tmpdir(), 'llama-did-'));
  try {
    await generate({
      didFile: join(here, '../../../canister/llama.did'),
      outDir,
      output: { force: true, actor: { disabled: true }, declarations: { flat: true, typescript: true } },
    });
    const fresh = await readFile(join(outDir, 'llama.did.ts'), 'utf8');
    const kept = await readFile(join(here, 'generated/llama.did.ts'), 'utf8');
    expect(kept, 'run: npm run generate -w packages/client').toBe(fresh);
  } finally {
    await rm(outDir, { recursive: true });
  }
});
