/**
 * An installation as users do it: from the tarballs and the registry into an empty folder with an empty home, with each
 * supported version of Node.
 */
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root } from './cli/model.js';
import { type Outcome, Running } from './cli/process.js';
import { folderOf, missing, versions } from './nodes.js';
import { packAll } from './packed.js';

const folder = mkdtempSync(join(tmpdir(), 'llama-canister-packages-'));
const tarballs = join(folder, 'tarballs');
beforeAll(() => {
  mkdirSync(tarballs);
  packAll(tarballs);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** npm's settings of this user and this machine, for example a registry of their own and trusted certificates. */
const configs = Object.fromEntries(
  ['userconfig', 'globalconfig'].map((name) => {
    const { stdout } = spawnSync('npm', ['config', 'get', name], { encoding: 'utf8' });
    return [`npm_config_${name}`, stdout.trim()];
  }),
);

/** The Node that runs this test is used if the binaries of the others cannot run here. */
const nodes = missing ? [process.versions.node] : versions;
/** The longest time of a demonstration, in seconds. */
const DEMO_SECONDS = 30;

describe.each(nodes)(`installed from the tarballs, with nothing but Node %s, npm and a shell${missing}`, (version) => {
  const [home, project] = ['home', 'project'].map((name) => join(folder, version, name)) as [string, string];
  const path = missing ? process.env.PATH : folderOf(version);

  /** Runs npm with its user's settings, in an empty home. */
  function run(command: string, ...args: string[]): Promise<Outcome> {
    const settings = Object.entries(process.env).filter(([name]) => /^npm_config_(registry|.*auth.*)$/i.test(name));
    const env = { PATH: path, HOME: home, ...configs, ...Object.fromEntries(settings) };
    return new Running(spawn(command, args, { cwd: project, env })).ended;
  }
  const cli = (...args: string[]) => run('npx', '--no-install', 'llama-canister', ...args);

  beforeAll(async () => {
    for (const each of [home, project]) mkdirSync(each, { recursive: true });
    const files = readdirSync(tarballs).map((name) => join(tarballs, name));
    const { code, stderr } = await run('npm', 'install', '--no-audit', '--no-fund', ...files);
    expect([code, stderr]).toEqual([0, expect.not.stringContaining('EBADENGINE')]);
  });

  it('npx llama-canister --help', async () => {
    const { code, stdout, stderr } = await cli('--help');
    expect([code, stdout, stderr]).toEqual([0, expect.stringContaining('Usage: '), '']);
  });

  it('the Node in use has that version', async () => {
    expect(JSON.parse((await cli('version', '--json')).stdout).node).toBe(version);
  });

  it(`npx llama-canister demo, within ${DEMO_SECONDS} s`, async () => {
    const started = performance.now();
    const { code, stdout, stderr } = await cli('demo');
    expect([code, stdout], stderr).toEqual([0, expect.stringMatching(/^A canister is a program /)]);
    expect(stderr).not.toMatch(/warning/i);
    expect((performance.now() - started) / 1000).toBeLessThan(DEMO_SECONDS);
  });

  it('a network keeps running, and serves the commands', async () => {
    const steps = ['network start --port 0', 'deploy', 'status', 'verify-wasm', 'network stop'];
    for (const step of steps) {
      const { code, stdout, stderr } = await cli(...step.split(' '));
      expect(code, stdout + stderr).toBe(0);
    }
  });

  it('the types are complete', () => {
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
