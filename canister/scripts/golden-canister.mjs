// Writes canister/test/golden/canister/layout-N.json.gz: the stable memory of this program with some of everything in it.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';

const canister = dirname(dirname(fileURLToPath(import.meta.url)));
const options = { root: canister, configFile: false, logLevel: 'error' };
const { module } = await runnerImport(join(canister, 'test', 'golden-canister.ts'), options);
console.log(await module.write());
