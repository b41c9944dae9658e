/** The client as a page loads it: its size, and that it needs nothing that browsers lack. */
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'vite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import budget from '../budget.json' with { type: 'json' };
import { root } from '../cli/model.js';
import { Running } from '../cli/process.js';
import { Served } from './served.js';

/** What browsers lack; the process that runs the page needs it itself. */
const WITHOUT_NODE = 'const process = undefined, Buffer = undefined, global = undefined, require = undefined;';

const cache = join(root, 'node_modules/.cache');
mkdirSync(cache, { recursive: true });
const folder = mkdtempSync(join(cache, 'page-'));
const files = () => readdirSync(folder).filter((name) => name.endsWith('.js'));
const zipped = (names: string[]) =>
  names.reduce((sum, name) => sum + gzipSync(readFileSync(join(folder, name)), { level: 9 }).length, 0);

beforeAll(async () => {
  await build({
    configFile: false,
    logLevel: 'error',
    build: {
      outDir: folder,
      minify: true,
      modulePreload: false,
      rolldownOptions: {
        input: { page: join(root, 'test/client/page.ts') },
        preserveEntrySignatures: 'strict',
        output: { entryFileNames: '[name].js', chunkFileNames: '[name].js', banner: WITHOUT_NODE },
      },
    },
  });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('the code is within its budget, and the part for older canisters is loaded only when needed', () => {
  expect(zipped(files()), files().join()).toBeLessThanOrEqual(budget.page['all of it']);
  const first = importedBy('page.js');
  expect(zipped(first), first.join()).toBeLessThanOrEqual(budget.page['at first']);
  expect(first.length).toBeLessThan(files().length);
});

/** A chunk with those that it imports at once. */
function importedBy(name: string, found: string[] = []): string[] {
  if (found.includes(name)) return found;
  found.push(name);
  const text = readFileSync(join(folder, name), 'utf8');
  for (const [, other] of text.matchAll(/(?:from|import)\s*["']\.\/([^"']+\.js)["']/g)) importedBy(other!, found);
  return found;
}

test('and it runs without Node', async () => {
  const served = await Served.start();
  try {
    const runner = join(folder, 'runner.mjs');
    writeFileSync(
      runner,
      `const [, , host, id] = process.argv;
      const { ask } = await import('./page.js');
      console.log(JSON.stringify(await ask(host, id)));`,
    );
    const child = spawn(process.execPath, [runner, served.network.url, served.id]);
    const { code, stdout, stderr } = await new Running(child).ended;
    expect([code, stderr]).toEqual([0, '']);
    for (const name of files()) expect(readFileSync(join(folder, name), 'utf8')).not.toMatch(/["']node:/);
    const [answer, fallback] = JSON.parse(stdout);
    expect(answer).toMatch(/^A canister is /);
    expect(fallback).toBe(answer);
  } finally {
    await served.stop();
  }
});
