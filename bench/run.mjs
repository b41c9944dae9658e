// `npm run bench`: builds what has changed, then runs bench/main.ts (TypeScript, by way of vite's runner).
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';
import { ready } from '../scripts/ready.mjs';

const here = dirname(fileURLToPath(import.meta.url));
if (!process.argv.includes('--worker')) await ready();
const { module } = await runnerImport(join(here, 'main.ts'), {
  root: dirname(here),
  configFile: false,
  logLevel: 'error',
});
try {
  process.exitCode = await module.main(process.argv.slice(2));
} catch (error) {
  // If it were thrown on, Node would print the source line of binaryen's handler: megabytes.
  console.error(error);
  process.exitCode = 1;
}
