// What administrators do: files, jobs, sessions, logs, roles, access, limits, prices, metrics.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isFull } from '../full.js';
import { Cli } from './process.js';
import { writeSmallModel } from './small-model.js';

const cli = new Cli();
const at = (name: string) => join(cli.folder, name);
const SOMEBODY = 'rrkah-fqaaa-aaaaa-aaaaq-cai';

beforeAll(async () => {
  writeSmallModel(at('small.gguf'));
  await cli.json('network', 'start', '--port', '0');
  await cli.json('deploy');
  await cli.json('upload', 'small.gguf');
  await cli.json('load', 'small.gguf');
}, 60_000);
afterAll(() => cli.dispose());

test('files: put, ls, get and rm, each all or nothing', async () => {
  const bytes = Buffer.alloc(2_500_000, 'llama');
  writeFileSync(at('notes.txt'), bytes);
  expect(await cli.json('files', 'put', 'notes.txt', 'a/notes.txt')).toMatchObject({
    name: 'a/notes.txt',
    sent: bytes.length,
  });
  const entries = await cli.json('files');
  expect(entries).toContainEqual(expect.objectContaining({ name: 'a/notes.txt', size: bytes.length, isFolder: false }));
  expect(await cli.text('files', 'ls', 'a')).toMatch(/notes\.txt +2\.50 MB/);
  expect(await cli.json('files', 'get', 'a/notes.txt', 'copy.txt')).toMatchObject({ received: bytes.length });
  expect(readFileSync(at('copy.txt')).equals(bytes)).toBe(true);
  expect(await cli.json('files', 'get', 'a/notes.txt', 'copy.txt')).toMatchObject({ received: 0 });
  expect(await cli.failure('files', 'get', 'nothing')).toMatchObject({ exit: 1, code: 'NO_SUCH_FILE' });
  expect(await cli.failure('files', 'put', 'nothing')).toMatchObject({ code: 'NO_SUCH_FILE' });
  expect(await cli.failure('files', 'get', 'small.gguf', 'notes.txt/x')).toMatchObject({ code: 'CANNOT_WRITE' });
  expect(await cli.failure('files', 'rm', 'small.gguf')).toMatchObject({ exit: 2 });
  expect(await cli.json('files', 'rm', 'a/notes.txt', 'a')).toEqual({ removed: ['a/notes.txt', 'a'] });
  expect(await cli.failure('files', 'rm', 'a')).toMatchObject({ exit: 1, code: 'NO_SUCH_FILE' });
}, 30_000);

test('jobs: the generations that the canister drives', async () => {
  expect(await cli.text('jobs')).toContain('There is no job of yours');
  await cli.json('call', 'generation_start', '(record { prompt = variant { text = "Hi" }; max_tokens = opt 3 })');
  await expect.poll(async () => (await cli.json('jobs'))[0].state, { timeout: 20_000 }).toBe('ended');
  const [job] = await cli.json('jobs');
  expect(job).toMatchObject({ id: expect.any(String), state: 'ended' });
  expect(await cli.json('jobs', 'show', job.id)).toMatchObject({ id: job.id, usage: { generatedTokens: 3 } });
  expect(await cli.text('jobs', 'list', '--all')).toMatch(new RegExp(`^${job.id} +`, 'm'));
  expect(await cli.json('jobs', 'forget', job.id)).toEqual({ id: job.id, forgotten: true });
  expect(await cli.json('jobs')).toEqual([]);
  expect(await cli.failure('jobs', 'show', job.id)).toMatchObject({
    exit: 1,
    next: expect.stringMatching(/llama-canister jobs$/),
  });
  expect(await cli.failure('jobs', 'show', 'x')).toMatchObject({ exit: 2 });
  expect((await cli.run(['jobs', 'nonsense'])).code).toBe(2);
});

test('sessions: of all callers, and one of our own', async () => {
  await cli.json('call', 'run_update', '(record { args = vec { "--prompt-cache"; "s"; "-p"; "Hi"; "-n"; "2" } })');
  const { principal } = await cli.json('identity');
  const { sessions, usage } = await cli.json('sessions');
  expect(sessions).toContainEqual(expect.objectContaining({ caller: principal, name: 's' }));
  expect(Number(usage.sessions)).toBeGreaterThan(0);
  expect(await cli.json('sessions', 'show', 's')).toMatchObject({ name: 's', tokens: expect.any(String) });
  await cli.json('sessions', 'cp', 's', 't');
  expect(await cli.text('sessions')).toMatch(/^t +/m);
  await cli.json('sessions', 'rm', 't');
  expect(await cli.text('sessions')).not.toMatch(/^t +/m);
  expect(await cli.failure('sessions', 'show', 't')).toMatchObject({ exit: 1, code: 'NO_SESSION' });
});

test('logs: the network’s and the canister’s', async () => {
  await cli.text('logs', '--level', 'debug');
  await cli.json('load', 'small.gguf');
  const printed = await cli.run(['logs', '--json', '--lines', '2']);
  const records = printed.stdout
    .trim()
    .split('\n')
    .map((text) => JSON.parse(text));
  expect(records).toHaveLength(2);
  expect(records[1]).toMatchObject({ index: expect.any(String), time: expect.any(String), text: expect.any(String) });
  expect(await cli.failure('logs', '--identity', 'anonymous')).toMatchObject({
    exit: 1,
    next: expect.stringContaining('log_visibility'),
  });
  expect(await cli.failure('logs', '--level', 'loud')).toMatchObject({ exit: 2 });
});

test.runIf(isFull)(
  'logs --follow goes on until Ctrl-C',
  async () => {
    const follow = cli.start(['logs', '--follow', '--lines', '1']);
    await follow.until('load_model');
    const before = follow.stdout.length;
    await cli.json('load', 'small.gguf');
    await expect.poll(() => follow.stdout.length, { timeout: 20_000 }).toBeGreaterThan(before);
    follow.process.kill('SIGINT');
    expect((await follow.ended).code).toBe(130);
  },
  60_000,
);

test('roles and access', async () => {
  expect(await cli.text('roles')).toContain('Nobody has a role');
  await cli.json('roles', 'add', SOMEBODY, 'AdminQuery', '--note', 'monitoring');
  expect(await cli.json('roles')).toMatchObject([{ principal: SOMEBODY, role: 'AdminQuery', note: 'monitoring' }]);
  await cli.json('roles', 'rm', SOMEBODY);
  expect(await cli.failure('roles', 'rm', SOMEBODY)).toMatchObject({ exit: 1, code: 'NO_ROLE' });
  expect(await cli.failure('roles', 'add', 'me', 'AdminQuery')).toMatchObject({ exit: 2 });
  expect(await cli.failure('roles', 'add', SOMEBODY, 'King')).toMatchObject({ exit: 2 });
  expect(await cli.failure('roles', '--identity', 'anonymous')).toMatchObject({ exit: 1 });
  expect(await cli.json('access')).toEqual({ access: 'controllers', changed: false });
  expect(await cli.json('access', 'everybody')).toEqual({ access: 'everybody', changed: true });
  expect(await cli.text('access')).toContain('Everybody may chat');
  await cli.json('access', 'controllers');
});

test('limits: changing one keeps the others', async () => {
  const before = await cli.json('limits');
  const now = await cli.json(
    'limits',
    '--sessions',
    '20',
    '--retention',
    '12h',
    '--callers-bytes',
    '2GiB',
    '--instructions-update',
    '20B',
  );
  expect(now).toEqual({
    ...before,
    sessions: '20',
    retention: '43200',
    'callers-bytes': String(2 * 2 ** 30),
    'instructions-update': '20000000000',
    changed: ['sessions', 'callers-bytes', 'retention', 'instructions-update'],
  });
  expect(await cli.json('limits')).toMatchObject({ sessions: '20', retention: '43200' });
  expect(await cli.text('limits', '--instructions-update', '0')).toMatch(/sessions +20 +sessions of a caller/);
  expect(await cli.failure('limits', '--bytes', 'much')).toMatchObject({
    exit: 2,
    next: expect.stringContaining('2GiB'),
  });
});

test('prices, allowances, and free callers', async () => {
  expect(await cli.text('prices')).toContain('cost their callers nothing');
  await cli.json('prices', 'tokens', '--prompt', '1B', '--generated', '10B');
  expect(await cli.json('prices')).toMatchObject({
    prices: { kind: 'tokens', prompt: '1000000000', cached: '0', generated: '10000000000' },
  });
  await cli.json('prices', 'work', '120');
  expect(await cli.text('prices')).toContain('120 percent');
  await cli.json('prices', 'exempt', SOMEBODY);
  expect((await cli.json('prices')).freeCallers).toEqual([SOMEBODY]);
  await cli.json('prices', 'charge', SOMEBODY);
  expect(await cli.json('prices', 'allowance', SOMEBODY, '--grant', '1T')).toMatchObject({
    allowance: '1000000000000',
  });
  expect(await cli.json('prices', 'allowance')).toMatchObject({ allowance: '0' });
  expect(await cli.failure('prices', 'tokens')).toMatchObject({ exit: 2 });
  await cli.json('prices', 'free');
  expect(await cli.json('prices', '--identity', 'anonymous')).toEqual({ prices: { kind: 'free' } });
});

test('metrics, as text and as numbers', async () => {
  const text = await cli.text('metrics');
  expect(text).toContain('# TYPE ');
  const metrics = await cli.json('metrics');
  expect(metrics.length).toBe(text.split('\n').filter((line) => line !== '' && !line.startsWith('#')).length);
  expect(
    metrics.every(({ name, value }: { name: string; value: number }) => name.length > 3 && Number.isFinite(value)),
  ).toBe(true);
});
