import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { makeFolder } from './folder.js';

const folder = mkdtempSync(join(tmpdir(), 'llama-canister-folder-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('a folder is made with those above it, once', () => {
  const path = join(folder, 'a', 'b', 'c');
  makeFolder(path, 0o700);
  makeFolder(path, 0o700);
  expect(statSync(path).mode & 0o777).toBe(0o700);
});

test('a file in the way is an error', () => {
  writeFileSync(join(folder, 'file'), '');
  expect(() => makeFolder(join(folder, 'file'))).toThrow('EEXIST');
  expect(() => makeFolder(join(folder, 'file', 'below'))).toThrow('ENOTDIR');
});

test.runIf(process.platform === 'linux')('where nothing can be made it is an error, not a wait', () => {
  expect(() => makeFolder('/proc/llama-canister/below')).toThrow('ENOENT');
});
