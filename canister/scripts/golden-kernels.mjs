// Writes canister/test/golden/kernels/*.wat: the hot kernels as the compiler leaves them, with their prices.
import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';

const canister = dirname(dirname(fileURLToPath(import.meta.url)));
const options = { root: canister, configFile: false, logLevel: 'error' };
const { module } = await runnerImport(join(canister, 'test', 'golden-kernels.ts'), options);
mkdirSync(module.folder, { recursive: true });
module.write(await module.goldenKernels());
