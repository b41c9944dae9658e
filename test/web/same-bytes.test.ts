/** The page is the same wherever it is built: what a canister serves can be made again and compared. */
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';
import { expect, test } from 'vitest';
import { root } from '../cli/model.js';

const page = join(root, 'packages/web');
const cache = join(root, 'node_modules/.cache');

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

function hashesOf(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(files.map(({ name, parentPath }) => [name, sha256(readFileSync(join(parentPath, name)))]));
}

test('it has the same bytes when it is built in another folder', async () => {
  mkdirSync(cache, { recursive: true });
  const copy = mkdtempSync(join(cache, 'another-folder-'));
  try {
    for (const name of ['src', 'plugins', 'index.html', 'vite.config.ts', 'tsconfig.json', 'package.json'])
      cpSync(join(page, name), join(copy, 'some/where', name), { recursive: true });
    const folder = join(copy, 'some/where');
    await build({ root: folder, configFile: join(folder, 'vite.config.ts'), logLevel: 'error' });
    expect(hashesOf(join(folder, 'dist'))).toEqual(hashesOf(join(page, 'dist')));
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
});
