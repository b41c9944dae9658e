/** A release as it would be made, in a clean clone: nothing of it reaches this folder. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { root } from './cli/model.js';

const folder = mkdtempSync(join(tmpdir(), 'release-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('npm run release -- 9.9.9 --dry-run, and npm run reproduce', () => {
  const clone = join(folder, 'clone');
  execFileSync('git', ['clone', '--quiet', root, clone]);
  for (const [name, value] of [
    ['user.name', 'Somebody'],
    ['user.email', 'somebody@example.org'],
  ])
    execFileSync('git', ['config', name!, value!], { cwd: clone });
  const run = (script: string, ...args: string[]) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [join('scripts', script), ...args], {
      cwd: clone,
      encoding: 'utf8',
    });
    expect(status, stdout + stderr).toBe(0);
    return stdout;
  };
  const [, sha256] = /^([0-9a-f]{64}) {2}llama\.wasm of 9\.9\.9/m.exec(run('release.mjs', '9.9.9', '--dry-run'))!;
  expect(execFileSync('git', ['status', '--porcelain'], { cwd: clone, encoding: 'utf8' })).toBe('');
  const reproduced = run('reproduce.mjs');
  expect(reproduced).toContain('The same as the build in this folder.');
  expect(reproduced).toContain(`${sha256}  llama.wasm of`);
});
