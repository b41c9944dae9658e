/** Every command of docs/mainnet.md, in order, with a local network in the place of the main one. */
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { shellLinesOf } from '../documents.js';
import { isFull } from '../full.js';
import { tinyChat } from './model.js';
import { Cli } from './process.js';

const lines = shellLinesOf('docs/mainnet.md');
const exported = lines.map((line) => /^export (\w+)=(.*)$/.exec(line)).filter((found) => found !== null);
const cli = new Cli(Object.fromEntries(exported.map(([, name, value]) => [name!, value!])));
afterAll(() => cli.dispose());

test.runIf(isFull)('the document has commands', () => {
  expect(exported.length).toBe(1);
  expect(lines.filter((line) => line.includes('--network ic')).length).toBeGreaterThan(30);
  copyFileSync(tinyChat, join(cli.folder, 'model.gguf'));
});

test.runIf(isFull).each(lines.filter((line) => !line.startsWith('export ')))(
  '%s',
  async (line) => {
    const { code, stdout, stderr } = await cli.shell(line);
    expect(code, stdout + stderr).toBe(0);
  },
  120_000,
);
