// Writes canister/test/golden/canister/layout-N.json.gz: the stable memory of this program with some of everything in it;
// and canister/test/golden/generations/version-N.json.gz: that of one with a generation that has not ended.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';

const canister = dirname(dirname(fileURLToPath(import.meta.url)));
const options = { root: canister, configFile: false, logLevel: 'error' };
const { module } = await runnerImport(join(canister, 'test', 'golden-canister.ts'), options);
console.log(await module.write());
const generations = await runnerImport(join(canister, 'test', 'golden-generations.ts'), options);
console.log(await generations.module.writeGeneration());
