// Ctrl-C at each step of `run`, a full disk, a home that cannot be written, no network: what is done stays, and it is said how
// to go on. Those of `pull` are in pull.test.ts and packages/cli/src/models/pull.test.ts.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Network } from '@llama-canister/network';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isFull } from '../full.js';
import { Cli } from './process.js';
import { slowTo } from './slow-begin.js';
import { writeSmallModel } from './small-model.js';

const cli = new Cli();
const at = (...path: string[]) => join(cli.folder, ...path);
let network: Network;

beforeAll(async () => {
  network = await Network.start();
  writeSmallModel(at('small.gguf'));
});
afterAll(async () => {
  await cli.dispose();
  await network?.stop();
});

const run = (url: string) => ['run', 'small.gguf', 'Hi', '--raw', '-n', '2', '--temp', '0', '--network', url];

describe.runIf(isFull)('Ctrl-C', () => {
  let url: string;

  test.each([
    ['installed', 'install_code'],
    ['uploaded', 'upload_chunk'],
    ['loaded', 'load_model'],
  ])('while the canister is %s', async (_, method) => {
    // The proxy has one address for all steps, by which the names of canisters are kept.
    const proxy = await slowTo(method, 20_000, network.url, url === undefined ? 0 : Number(new URL(url).port));
    url = proxy.url;
    try {
      const running = cli.start(run(url));
      await Promise.race([proxy.sent, running.ended]);
      running.process.kill('SIGINT');
      const { code, stderr } = await running.ended;
      expect([code, stderr]).toEqual([130, expect.stringContaining('run the same command again to go on')]);
    } finally {
      proxy.close();
    }
  });

  test('the same command continues with the same canister', async () => {
    const proxy = await slowTo('no such method', 0, network.url, Number(new URL(url).port));
    try {
      const { code, stdout, stderr } = await cli.run([...run(url), '--json']);
      expect(code, stderr).toBe(0);
      expect(JSON.parse(stdout).generatedTokens).toBe(2);
      expect(stderr).not.toContain('Created canister');
      expect(await cli.json('ps', '--network', url)).toHaveLength(1);
    } finally {
      proxy.close();
    }
  });
});

const isRoot = process.platform === 'linux' && process.getuid?.() === 0;
/** A disk of its own, of so many kB; undefined where none can be made. */
function disk(path: string, kilobytes: number): (() => void) | undefined {
  mkdirSync(path, { recursive: true });
  const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${kilobytes}k`, 'tmpfs', path]);
  return status === 0 ? () => void spawnSync('umount', [path]) : undefined;
}

test.runIf(isRoot && isFull)(
  'a disk that is full in the middle of a backup: the next backup continues with what was written',
  async (context) => {
    await cli.json('deploy', '--network', network.url);
    await cli.json('upload', 'small.gguf', '--network', network.url);
    const unmount = disk(at('saved'), 512);
    if (!unmount) return context.skip();
    try {
      const { code, next } = await cli.failure('backup', 'saved', '--network', network.url);
      expect([code, next]).toEqual(['DISK_FULL', expect.stringContaining('run the same command again to go on')]);
      const part = readFileSync(at('saved/files/small.gguf.part'));
      expect(part.length).toBeGreaterThan(0);
      expect(readFileSync(at('small.gguf')).subarray(0, part.length).equals(part)).toBe(true);
      // There is room now.
      expect(spawnSync('mount', ['-o', 'remount,size=8m', at('saved')]).status).toBe(0);
      const { received, files } = await cli.json('backup', 'saved', '--network', network.url);
      expect(received).toBe(files[0].size - part.length);
      expect(readFileSync(at('saved/files/small.gguf')).equals(readFileSync(at('small.gguf')))).toBe(true);
    } finally {
      unmount();
    }
  },
);

test('a home that cannot be written: commands without need of it work, the others report the folder', async () => {
  const homeless = new Cli({ HOME: '/dev/null', XDG_CONFIG_HOME: '', XDG_STATE_HOME: '', XDG_CACHE_HOME: '' });
  try {
    for (const args of [['--help'], ['version'], ['completion', 'bash'], ['init', 'made'], ['fit', at('small.gguf')]]) {
      const { code, stderr } = await homeless.run(args);
      expect([args, code, stderr]).toEqual([args, 0, '']);
    }
    const wrong: [string[], string][] = [
      [['deploy', '--network', network.url], 'BAD_IDENTITY'],
      [['run', at('small.gguf'), 'Hi'], 'CANNOT_WRITE'],
      [['cp', at('small.gguf'), 'mine'], 'CANNOT_WRITE'],
    ];
    for (const [args, code] of wrong) {
      const failure = await homeless.failure(...args);
      expect(failure).toMatchObject({ exit: 1, code, message: expect.stringContaining('/dev/null') });
      expect(failure.next).toMatch(/--identity|XDG_STATE_HOME|--cache/);
    }
    expect(readdirSync(homeless.folder)).toEqual(['made']);
  } finally {
    rmSync(homeless.folder, { recursive: true });
  }
});

test('no network: the error names the address that does not answer, and nothing is left behind', async () => {
  const nobody = 'http://127.0.0.1:9';
  const files = () => readdirSync(cli.folder, { recursive: true, withFileTypes: true }).filter((each) => each.isFile());
  await cli.json('identity');
  const before = files().length;
  const wrong = [
    ['deploy', 'gone', '--network', nobody],
    ['run', 'small.gguf', 'Hi', '--network', nobody],
    ['pull', `${nobody}/m.gguf`],
  ];
  for (const args of wrong) {
    const { exit, code, message, next } = await cli.failure(...args);
    expect([exit, code, message]).toEqual([1, 'UNREACHABLE', expect.stringContaining('127.0.0.1:9')]);
    expect(next).toBeTruthy();
  }
  expect(files()).toHaveLength(before);
});
