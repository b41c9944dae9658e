// Local networks as processes: their names, what keeps them apart, and what they keep.
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { isFull } from '../full.js';
import { Cli, commandsIn } from './process.js';

const cli = new Cli();
const folder = (name: string) => join(cli.folder, 'state/llama-canister/networks', name);
afterAll(async () => {
  for (const name of ['other', 'gone']) await cli.run(['network', 'stop', name]);
  await cli.dispose();
});

const isAlive = (pid: number) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

describe('before it runs', () => {
  test('commands say how to start it', async () => {
    expect(await cli.json('network', 'status')).toEqual({ name: 'local', running: false });
    expect(await cli.json('network', 'stop')).toEqual({ name: 'local', stopped: false });
    expect(await cli.json('network', 'list')).toEqual([]);
    const { exit, code, next } = await cli.failure('call', 'health');
    expect([exit, code, commandsIn(next ?? '')]).toEqual([1, 'NETWORK_NOT_RUNNING', ['llama-canister network start']]);
    expect(await cli.failure('network', 'logs')).toMatchObject({ exit: 1, code: 'NO_LOG' });
  });

  test('a port in use, an invalid name and a home that cannot be written are refused', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as AddressInfo;
    const taken = await cli.failure('network', 'start', '--port', String(port));
    server.close();
    expect(taken).toMatchObject({ exit: 1, code: 'PORT_IN_USE', message: `port ${port} is in use` });
    for (const name of ['ic', '../x', 'A', '-x', 'http://127.0.0.1:1']) {
      expect((await cli.run(['network', 'start', '--json', '--', name])).code).toBe(2);
      expect((await cli.run(['network', 'stop', name])).code).toBe(2);
    }
    const homeless = new Cli({ HOME: '/dev/null', XDG_CONFIG_HOME: '', XDG_STATE_HOME: '' });
    for (const args of [['network', 'start'], ['identity']]) {
      const { exit, code, message, next } = await homeless.failure(...args);
      expect([exit, code]).toEqual([1, args[0] === 'identity' ? 'BAD_IDENTITY' : 'CANNOT_WRITE']);
      expect(message).toContain('/dev/null/');
      expect(next).toBeTruthy();
    }
    rmSync(homeless.folder, { recursive: true });
  });
});

describe('one network', () => {
  let pid: number;
  let url: string;

  test('two starts at once make one network, also with leftover files of an ended one', async () => {
    // Meanwhile another program's process has this number.
    const gone = { pid: process.pid, url: 'http://127.0.0.1:9', rootKey: '00' };
    await cli.json('network', 'start', '--port', '0');
    await cli.json('network', 'stop');
    for (const file of ['status.json', 'record.json']) writeFileSync(join(folder('local'), file), JSON.stringify(gone));
    const starts = await Promise.all([0, 1, 2].map(() => cli.json('network', 'start', '--port', '0')));
    expect(starts.map(({ started }) => started).sort()).toEqual([false, false, true]);
    expect(new Set(starts.map((start) => start.pid)).size).toBe(1);
    ({ pid, url } = starts[0]);
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(await cli.json('network', 'start')).toMatchObject({ started: false, pid, url });
    expect(await cli.json('network', 'status')).toMatchObject({ name: 'local', running: true, answers: true, pid });
  });

  test('another port or state than that of the running network is refused, not ignored', async () => {
    for (const flags of [['--port', '8123'], ['--state', 'elsewhere'], ['--no-state'], ['--reset']]) {
      const { exit, code, next } = await cli.failure('network', 'start', ...flags);
      expect([exit, code]).toEqual([1, 'RUNS_ALREADY']);
      // The network that is to be emptied is meant, and none beside it.
      const beside = flags[0] === '--reset' ? [] : ['llama-canister network start second'];
      expect(commandsIn(next ?? '')).toEqual(['llama-canister network stop', ...beside]);
    }
    expect(await cli.json('network', 'start', '--port', new URL(url).port)).toMatchObject({ started: false, pid });
  });

  test('a suspended network is recognised, and goes on', async () => {
    await cli.json('deploy');
    process.kill(pid, 'SIGSTOP');
    // A signal takes a moment.
    await expect
      .poll(() => cli.json('network', 'status'), { timeout: 20_000 })
      .toMatchObject({ running: true, answers: false, suspended: true, pid });
    const { code, next } = await cli.failure('network', 'start');
    expect(code).toBe('NETWORK_NOT_ANSWERING');
    expect(next).toContain(`kill -CONT ${pid}`);
    // Questions that arrive meanwhile are answered when it goes on.
    const health = cli.run(['call', 'health']);
    await new Promise((resolve) => setTimeout(resolve, 500));
    process.kill(pid, 'SIGCONT');
    expect((await health).code).toBe(0);
    expect(await cli.json('network', 'status')).toMatchObject({ running: true, answers: true, pid });
  });

  test('a network is found although its status file is lost or damaged', async () => {
    const status = join(folder('local'), 'status.json');
    const text = readFileSync(status, 'utf8');
    rmSync(status);
    expect(await cli.json('network', 'status')).toMatchObject({ running: true, pid });
    writeFileSync(status, '{"pid": "x"');
    expect(await cli.json('network', 'start')).toMatchObject({ started: false, pid });
    writeFileSync(status, text);
    writeFileSync(join(folder('local'), 'record.json'), '[]');
    expect((await cli.run(['call', 'health'])).code).toBe(0);
  });

  test.runIf(isFull)('commands accept its name in place of its URL', async () => {
    const { port } = new URL(url);
    for (const other of [url, `http://localhost:${port}`, `${url}/`]) {
      expect(await cli.json('status', '--network', other)).toMatchObject({ canister: expect.any(String) });
    }
    expect(await cli.json('deploy', '--network', url)).toMatchObject({
      created: false,
      mode: 'none',
      network: 'local',
    });
  });

  test('its log can be read', async () => {
    expect((await cli.run(['network', 'logs'])).stdout).toContain(`The network listens at ${url}`);
    expect((await cli.json('network', 'logs', '--lines', '1')).lines.length).toBe(1);
    const following = cli.start(['network', 'logs', '-f']);
    await following.until('listens');
    following.process.kill('SIGINT');
    expect((await following.ended).code).toBe(130);
  });

  test.runIf(isFull)('its canisters are kept when it stops, and forgotten on request', async () => {
    const { canister } = await cli.json('deploy');
    const stopped = await cli.run(['network', 'stop']);
    const [start = ''] = commandsIn(stopped.stdout);
    expect(isAlive(pid)).toBe(false);
    expect((await cli.failure('call', 'health')).code).toBe('NETWORK_NOT_RUNNING');
    expect((await cli.shell(start)).code).toBe(0);
    // On the same port, too, so that what knows its URL finds it.
    const again = await cli.json('network', 'status');
    expect(again.url).toBe(url);
    expect(await cli.json('deploy')).toMatchObject({ canister, created: false, mode: 'none' });

    await cli.json('network', 'stop');
    await cli.json('network', 'start', '--reset');
    expect((await cli.failure('call', 'health')).code).toBe('UNKNOWN_CANISTER');
    expect(await cli.json('deploy')).toMatchObject({ created: true, mode: 'install' });
  });

  test.runIf(isFull)('a suspended network can be stopped', async () => {
    const { pid } = await cli.json('network', 'status');
    process.kill(pid, 'SIGSTOP');
    expect(await cli.json('network', 'stop')).toMatchObject({ stopped: true, killed: false });
    expect(isAlive(pid)).toBe(false);
  });
});

test.runIf(isFull)(
  'several networks have their own canisters, and are told apart by name',
  async () => {
    const first = await cli.json('network', 'start');
    const other = await cli.json('network', 'start', 'other', '--no-state');
    expect(other).toMatchObject({ name: 'other', started: true, state: null });
    expect(other.url).not.toBe(first.url);
    expect((await cli.failure('call', 'health', '--network', 'other')).code).toBe('UNKNOWN_CANISTER');
    const { stdout } = await cli.run(['deploy', '--network', 'other']);
    // The commands that are shown use the same network.
    const [upload = ''] = commandsIn(stdout);
    expect(upload).toMatch(/ --network other$/);
    expect((await cli.shell(upload)).code).toBe(0);
    expect(await cli.json('network', 'list')).toMatchObject([
      { name: 'local', running: true, url: first.url },
      { name: 'other', running: true, url: other.url },
    ]);
    expect(await cli.json('network', 'stop', 'other')).toMatchObject({ stopped: true, state: null });
    expect((await cli.failure('call', 'health', '--network', 'other')).next).toContain('network start other');
    await cli.json('network', 'start', 'other', '--no-state');
    expect((await cli.failure('call', 'health', '--network', 'other')).code).toBe('UNKNOWN_CANISTER');
    expect((await cli.run(['call', 'health', '--network', 'nowhere'])).code).toBe(2);
  },
  120_000,
);

test('a damaged state is reported, and repaired only on request', async () => {
  await cli.json('network', 'start', 'worn');
  await cli.json('network', 'stop', 'worn');
  const state = join(folder('worn'), 'state');
  const snapshot = join(state, readdirSync(state).find((name) => name.startsWith('snapshot-'))!);
  const bytes = readFileSync(snapshot);
  bytes[bytes.length >> 1]! ^= 1;
  writeFileSync(snapshot, bytes);
  const { exit, message } = await cli.failure('network', 'start', 'worn');
  expect(exit).toBe(1);
  expect(message).toContain('nothing has been changed');
  expect(message).toContain('Start with --repair');
  expect(readFileSync(snapshot).equals(bytes)).toBe(true);
  const repaired = await cli.run(['network', 'start', 'worn', '--repair']);
  expect([repaired.code, repaired.stderr]).toEqual([0, expect.stringContaining('Repaired: ')]);
  expect((await cli.failure('network', 'start', 'worn', '--repair')).code).toBe('RUNS_ALREADY');
  await cli.json('network', 'stop', 'worn');
  expect((await cli.run(['network', 'start', 'worn', '--repair', '--no-state'])).code).toBe(2);
}, 120_000);
