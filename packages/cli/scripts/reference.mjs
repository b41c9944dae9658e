// Writes docs/cli.md and the manual page from the program's own commands; src/manual/manual.test.ts compares.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { manualPage } from '../dist/manual/manual-page.js';
import { reference } from '../dist/manual/reference.js';
import { describe } from '../dist/manual/tree.js';
import { version } from '../dist/packages.js';
import { createProgram } from '../dist/program.js';

const folder = dirname(dirname(fileURLToPath(import.meta.url)));
const program = describe(createProgram(() => undefined));
mkdirSync(join(folder, 'man'), { recursive: true });
writeFileSync(join(folder, '../../docs/cli.md'), reference(program));
writeFileSync(join(folder, 'man/llama-canister.1'), manualPage(program, version()));
