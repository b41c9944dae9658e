// `run --network ic`: what it costs is said before anything is spent. In this rehearsal (LLAMA_CANISTER_IC) a local network stands
// for the main one, and is paid from the same cycles ledger.
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isFull } from '../full.js';
import { Cli } from './process.js';
import { writeSmallModel } from './small-model.js';

const cli = new Cli({ LLAMA_CANISTER_IC: 'local' });

beforeAll(async () => {
  await cli.json('network', 'start', '--port', '0');
  writeSmallModel(join(cli.folder, 'small.gguf'));
  writeSmallModel(join(cli.folder, 'next.gguf'), 2);
});
afterAll(() => cli.dispose());

const balance = async () => BigInt((await cli.json('identity', '--network', 'ic')).cyclesLedgerBalance);
const run = (model: string, ...args: string[]) =>
  ['run', model, 'Hi', '--network', 'ic', '--raw', '-n', '2', '--temp', '0', ...args] as const;

test('without --yes it prints the cost of a new canister, and spends nothing', async () => {
  const before = await balance();
  const { exit, message, next } = await cli.failure(...run('small.gguf'));
  expect([exit, next]).toEqual([2, 'Nothing was spent yet. To go on, give --yes.']);
  expect(message).toMatch(/a canister with [\d.]+ \w cycles is created from your balance .* which is [\d.]+ \w+/);
  expect(message).toMatch(/uploading [\d.]+ MB, keeping it for a month and loading it take about [\d.]+ \w+ cycles/);
  expect(await balance()).toBe(before);
  expect(await cli.failure('status', '--network', 'ic')).toMatchObject({ code: 'UNKNOWN_CANISTER' });
});

test.runIf(isFull)('with --yes it prints the cost, does the work, and skips what is done', async () => {
  const before = await balance();
  const { code, stdout, stderr } = await cli.run([...run('small.gguf', '--yes', '--cycles', '3T', '--json')]);
  expect([code, stderr]).toEqual([0, expect.stringContaining('On local, a canister with 3.00 T cycles is created')]);
  expect(JSON.parse(stdout).generatedTokens).toBe(2);
  expect(before - (await balance())).toBe(3_000_000_000_000n + 100_000_000n);
  const again = await cli.run([...run('small.gguf', '--json')]);
  expect([again.code, again.stderr]).toEqual([0, expect.not.stringContaining('cycles (the upload')]);
});

test.runIf(isFull)('another model is paid from the canister’s cycles, and the output says so', async () => {
  const { exit, message } = await cli.failure(...run('next.gguf'));
  expect([exit, message]).toEqual([
    2,
    expect.stringMatching(/on local, uploading .* of the [\d.]+ T that canister \S+ has/),
  ]);
  expect((await cli.json('files', '--network', 'ic')).map(({ name }: { name: string }) => name)).not.toContain(
    'next.gguf',
  );
  const { code, stdout, stderr } = await cli.run([...run('next.gguf', '--yes', '--json')]);
  expect([code, stderr]).toEqual([0, expect.stringContaining('next.gguf is uploaded, loaded and answers')]);
  expect(JSON.parse(stdout).generatedTokens).toBe(2);
});
