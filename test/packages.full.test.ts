/** An installation as a user does it, from the tarballs and the registry into an empty folder with an empty home. */
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root } from './cli/model.js';
import { type Outcome, Running } from './cli/process.js';
import { packAll } from './packed.js';

const folder = mkdtempSync(join(tmpdir(), 'llama-canister-packages-'));
const [tarballs, home, project] = ['tarballs', 'home', 'project'].map((name) => join(folder, name)) as [
  string,
  string,
  string,
];
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** npm as its user has set it up (a registry of his own, say), in a home that has nothing. */
function run(command: string, ...args: string[]): Promise<Outcome> {
  const settings = Object.entries(process.env).filter(([name]) => /^npm_config_(registry|.*auth.*)$/i.test(name));
  const env = { PATH: process.env.PATH, HOME: home, ...Object.fromEntries(settings) };
  return new Running(spawn(command, args, { cwd: project, env })).ended;
}

beforeAll(async () => {
  for (const each of [tarballs, home, project]) mkdirSync(each);
  packAll(tarballs);
  const files = readdirSync(tarballs).map((name) => join(tarballs, name));
  const { code, stderr } = await run('npm', 'install', '--no-audit', '--no-fund', ...files);
  expect(code, stderr).toBe(0);
});

describe('installed from the tarballs', () => {
  it('npx llama-canister --help', async () => {
    const { code, stdout } = await run('npx', '--no-install', 'llama-canister', '--help');
    expect([code, stdout]).toEqual([0, expect.stringContaining('Usage: ')]);
  });

  it('npx llama-canister demo', async () => {
    const { code, stdout, stderr } = await run('npx', '--no-install', 'llama-canister', 'demo');
    expect([code, stdout], stderr).toEqual([0, expect.stringMatching(/^A canister is a program /)]);
  });

  it('a network stays, and takes what the commands do', async () => {
    const steps = [['network', 'start', '--port', '0'], ['deploy'], ['status'], ['network', 'stop']];
    for (const step of steps) {
      const { code, stdout, stderr } = await run('npx', '--no-install', 'llama-canister', ...step);
      expect(code, stdout + stderr).toBe(0);
    }
  });

  it('the types are whole', () => {
    const names = {
      '@llama-canister/client': 'connect',
      '@llama-canister/client/node': 'openFile',
      '@llama-canister/gateway': 'createGateway',
      '@llama-canister/network': 'Network',
    };
    const lines = Object.entries(names).map(([from, name]) => `export { ${name} } from '${from}';`);
    writeFileSync(join(project, 'user.ts'), `${lines.join('\n')}\n`);
    const options = [
      '--noEmit',
      '--strict',
      '--module',
      'nodenext',
      '--target',
      'es2023',
      '--lib',
      'es2023,dom,dom.iterable',
    ];
    const tsc = join(root, 'node_modules/typescript/bin/tsc');
    const types = ['--types', 'node', '--typeRoots', join(root, 'node_modules/@types')];
    const { stdout } = spawnSync(process.execPath, [tsc, ...options, ...types, 'user.ts'], {
      cwd: project,
      encoding: 'utf8',
    });
    expect(stdout).toBe('');
  });
});
