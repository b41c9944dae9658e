// Work in a clean clone of this repository, in a temporary folder that is gone afterwards.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './ready.mjs';

export const WASM = 'canister/build/llama.wasm';
export const TABLE = 'canister/releases.json';

/** Runs a program; its output goes to stderr. Throws where it fails. */
export function command(cwd, program, args, stdio = ['ignore', 2, 2]) {
  const result = spawnSync(program, args, {
    cwd,
    stdio,
    encoding: 'utf8',
    shell: program === 'npm' && process.platform === 'win32',
  });
  if (result.error) throw result.error;
  if (result.status !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${result.signal ?? result.status}`);
  return result.stdout?.trim();
}

/** What git prints. */
export const git = (cwd, ...args) => command(cwd, 'git', args, ['ignore', 'pipe', 2]);

export function sha256Of(path) {
  return createHash('sha256').update(readFileSync(path)).digest('hex');
}

/** Does something in a clone of a commit; returns what that returns. */
export function inClone(commit, action) {
  const folder = mkdtempSync(join(tmpdir(), 'llama-canister-clone-'));
  try {
    const clone = join(folder, 'clone');
    git(folder, 'clone', '--quiet', '--no-checkout', root, clone);
    git(clone, 'checkout', '--quiet', '--detach', commit);
    return action(clone);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Installs and builds a clone, as `npm run build` does. Returns the SHA-256 of its wasm. */
export function buildIn(clone) {
  command(clone, process.execPath, ['scripts/ready.mjs']);
  return sha256Of(join(clone, WASM));
}
