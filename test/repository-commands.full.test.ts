/** Commands of documents that are typed in a clone of this repository, and whether they leave it as it was. */
import { execFileSync, spawn } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from './cli/model.js';
import { Running } from './cli/process.js';
import { ranHere } from './repository-commands.js';

const state = () => execFileSync('git', ['diff'], { cwd: root, encoding: 'utf8' });

test.each(ranHere)('$line', async ({ line, folder = '.', there }) => {
  const before = state();
  // A group of its own, all of which ends.
  const child = spawn('sh', ['-c', line], {
    cwd: join(root, folder),
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const running = new Running(child);
  if (there !== undefined) {
    await Promise.race([running.until(there), running.ended]);
    process.kill(-child.pid!, 'SIGINT');
  }
  const { code, stdout, stderr } = await running.ended;
  expect(there === undefined ? [0] : [0, 130, null], stdout + stderr).toContain(code);
  if (there !== undefined) expect(stdout + stderr).toContain(there);
  expect(state()).toBe(before);
});
