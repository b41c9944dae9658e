// `npm run conformance`: runs test/conformance/main.ts (TypeScript, by way of vite's runner).
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';
import { ready } from '../../scripts/ready.mjs';

const here = dirname(fileURLToPath(import.meta.url));
await ready();
const { module } = await runnerImport(join(here, 'main.ts'), {
  root: dirname(dirname(here)),
  configFile: false,
  logLevel: 'error',
});
process.exitCode = await module.main(process.argv.slice(2));
