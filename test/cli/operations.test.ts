// What keeps a canister in order: backup, restore, upgrade, smoke, doctor.
import { chmodSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { IDL } from '@icp-sdk/core/candid';
import { idlFactory } from '@llama-canister/client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isFull } from '../full.js';
import { root } from './model.js';
import { Cli } from './process.js';
import { writeSmallModel } from './small-model.js';

const cli = new Cli({ LLAMA_CANISTER_IC: 'local' });
const at = (name: string) => join(cli.folder, name);
const wasm = readFileSync(join(root, 'canister/build/llama.wasm'));

/** The canister's program with one of its exports renamed, at the same length. */
function renamed(from: string, to: string): Buffer {
  const where = wasm.indexOf(from);
  if (where < 0 || wasm.indexOf(from, where + 1) >= 0 || from.length !== to.length)
    throw new Error(`${from} is not there once`);
  const bytes = Buffer.from(wasm);
  bytes.write(to, where, 'latin1');
  return bytes;
}

beforeAll(async () => {
  writeSmallModel(at('model.gguf'));
  await cli.json('network', 'start', '--port', '0');
  await cli.json('deploy');
  await cli.json('upload', 'model.gguf');
  await cli.json('load', 'model.gguf', '--ctx-size', '256');
});
afterAll(() => cli.dispose());

const methods = idlFactory({ IDL })._fields.map(([name]) => name);
const untried = ({ outcomes }: { outcomes: { test: string }[] }) =>
  methods.filter((method) => !outcomes.some(({ test }) => test === method));
const failures = ({ outcomes }: { outcomes: { test: string; result: string; why: string }[] }) =>
  outcomes.filter(({ result }) => result === 'failed').map(({ test, why }) => `${test}: ${why}`);

test.runIf(isFull)('smoke passes with every method, and leaves nothing behind', async () => {
  const files = async () => (await cli.json('files')).filter(({ isFolder }: { isFolder: boolean }) => !isFolder);
  const before = await files();
  const result = JSON.parse((await cli.run(['smoke', '--json'])).stdout);
  expect(failures(result)).toEqual([]);
  expect(untried(result)).toEqual([]);
  expect(result).toMatchObject({ failed: 0, skipped: 0, passed: result.outcomes.length });
  expect(await files()).toEqual(before);
  expect(await cli.json('jobs')).toEqual([]);
  expect(await cli.json('show')).toMatchObject({ filename: 'model.gguf' });
});

test('backup stores the files once; after restore another canister answers', async () => {
  const first = await cli.json('backup', 'saved');
  expect(first).toMatchObject({ files: [{ name: 'model.gguf' }], loaded: { name: 'model.gguf', context: 256 } });
  expect(readFileSync(at('saved/files/model.gguf')).equals(readFileSync(at('model.gguf')))).toBe(true);
  expect(await cli.json('backup', 'saved')).toMatchObject({ received: 0 });
  await cli.json('deploy', 'other');
  expect(await cli.json('restore', 'saved', '--canister', 'other')).toMatchObject({
    sent: first.received,
    model: 'model.gguf',
  });
  expect(await cli.json('show', '--canister', 'other')).toMatchObject({ filename: 'model.gguf', context: '256' });
  expect(await cli.json('restore', 'saved', '--canister', 'other', '--no-load')).toMatchObject({ sent: 0 });
  expect(await cli.failure('restore', 'nowhere')).toMatchObject({ exit: 1, code: 'NO_BACKUP' });
  expect(await cli.failure('backup')).toMatchObject({ exit: 2 });
  writeFileSync(
    at('saved/backup.json'),
    JSON.stringify({ ...first, files: [{ name: '../../x', size: 1, sha256: '' }] }),
  );
  expect(await cli.failure('restore', 'saved', '--canister', 'other')).toMatchObject({ code: 'BAD_BACKUP' });
});

test.runIf(isFull)('a snapshot restores removed data', async () => {
  expect(await cli.text('backup', '--list', '--canister', 'other')).toContain('There is no snapshot');
  const { id } = await cli.json('backup', '--snapshot', '--canister', 'other');
  await cli.json('files', 'rm', 'model.gguf', '--force', '--canister', 'other');
  expect(await cli.failure('restore', '--snapshot', '--canister', 'other')).toMatchObject({
    exit: 2,
    next: expect.stringContaining('--yes'),
  });
  await cli.json('restore', '--snapshot', '--yes', '--canister', 'other');
  expect(await cli.json('files', '--canister', 'other')).toMatchObject([{ name: 'model.gguf' }]);
  expect(await cli.json('backup', '--list', '--canister', 'other')).toMatchObject([{ id }]);
  await cli.json('backup', '--delete', id, '--canister', 'other');
  expect(await cli.failure('restore', '--snapshot', id, '--yes', '--canister', 'other')).toMatchObject({
    code: 'NO_SNAPSHOT',
  });
});

test('the main network can be rehearsed: the same commands, paid from the ledger', async () => {
  const balance = async () => BigInt((await cli.json('identity', '--network', 'ic')).cyclesLedgerBalance);
  const before = await balance();
  const { subnet } = await cli.json('status');
  const { stderr } = await cli.run(['deploy', 'paid', '--network', 'ic', '--cycles', '3T', '--subnet', subnet]);
  expect(stderr).toContain('A rehearsal: ic is the local network "local"');
  await cli.json('top-up', 'paid', '--network', 'ic', '--cycles', '1T');
  const spent = Number(before - (await balance()));
  expect(spent).toBeGreaterThanOrEqual(4e12);
  expect(spent).toBeLessThan(4.001e12);
  // Half a trillion paid for its creation.
  const { cycles } = await cli.json('status', 'paid', '--network', 'ic');
  expect(Number(cycles)).toBeGreaterThan(3.4e12);
  expect(Number(cycles)).toBeLessThanOrEqual(3.5e12);
  const elsewhere = ['deploy', 'nowhere', '--network', 'ic', '--subnet', 'aaaaa-aa'];
  expect(await cli.failure(...elsewhere)).toMatchObject({ message: expect.stringContaining('does not exist') });
  const me = (await cli.json('identity')).principal;
  const other = 'rrkah-fqaaa-aaaaa-aaaaq-cai';
  const ic = ['settings', 'paid', '--network', 'ic'];
  expect(await cli.json(...ic, '--freezing-threshold', '90d', '--add-controller', other)).toMatchObject({
    controllers: [me, other],
    freezingThreshold: String(90 * 86_400),
    wasmMemoryLimit: String(3840 * 2 ** 20),
  });
  expect(await cli.json(...ic, '--remove-controller', other)).toMatchObject({ controllers: [me] });
  expect(await cli.failure(...ic, '--remove-controller', me)).toMatchObject({ exit: 2 });
});

test.runIf(isFull)('a clone is like its source, and stays so when the source changes', async () => {
  expect(await cli.failure('clone', 'llama', 'llama')).toMatchObject({ exit: 2 });
  const made = await cli.json('clone', 'llama', 'twin');
  expect(made).toMatchObject({ name: 'twin', created: true, model: 'model.gguf' });
  // There is no second upload and no second load: the model is in the heap.
  const asked = ['chat', '--raw', 'a', '-n', '3', '--temp', '0', '--canister'];
  const { text } = await cli.json(...asked, 'twin');
  expect(text).toBe((await cli.json(...asked, 'llama')).text);
  expect(await cli.json('backup', '--list')).toEqual([]);
  await cli.json('files', 'rm', 'model.gguf', '--force', '--canister', 'twin');
  expect((await cli.json('show')).filename).toBe('model.gguf');
  // A canister with a program is overwritten only if the user asks for it.
  expect(await cli.failure('clone', 'llama', 'twin')).toMatchObject({
    exit: 2,
    next: expect.stringContaining('--yes'),
  });
  expect(await cli.json('clone', 'llama', 'twin', '--yes', '--keep-snapshot')).toMatchObject({ created: false });
  const [kept] = await cli.json('backup', '--list');
  await cli.json('backup', '--delete', kept.id);
  const names = (await cli.json('files', '--canister', 'twin')).map(({ name }: { name: string }) => name);
  expect(names).toContain('model.gguf');
});

test('upgrade prints the changes and has the model answer again; smoke finds the fault of the new program', async () => {
  expect(await cli.json('upgrade')).toMatchObject({ upgraded: false });
  writeFileSync(at('faulty.wasm'), renamed('canister_query get_usage', 'canister_query got_usage'));
  const dry = await cli.run(['upgrade', '--wasm', 'faulty.wasm', '--dry-run']);
  expect(dry.stderr).toContain('model.gguf is loaded again, with room for 256 tokens');
  expect(await cli.json('upgrade', '--wasm', 'faulty.wasm')).toMatchObject({ upgraded: true, model: 'model.gguf' });
  expect(await cli.json('show')).toMatchObject({ filename: 'model.gguf', context: '256' });
  expect(await cli.json('backup', '--list')).toEqual([]);
  const { code, stdout } = await cli.run(['smoke', '--json']);
  const result = JSON.parse(stdout);
  expect([code, failures(result)]).toEqual([1, [expect.stringContaining('get_usage: ')]]);
  expect(untried(result)).toEqual([]);
});

test.runIf(isFull)('a program that does not start is rolled back', async () => {
  const { moduleHash } = await cli.json('status');
  // The program is installed, and does not answer.
  writeFileSync(at('mute.wasm'), renamed('canister_query health', 'canister_query hearth'));
  expect(await cli.failure('upgrade', '--wasm', 'mute.wasm')).toMatchObject({ exit: 1, code: 'ROLLED_BACK' });
  // The program cannot be installed.
  writeFileSync(at('broken.wasm'), wasm.subarray(0, wasm.length / 2));
  expect(await cli.failure('upgrade', '--wasm', 'broken.wasm')).toMatchObject({ exit: 1, code: 'ROLLED_BACK' });
  expect(await cli.json('status')).toMatchObject({ moduleHash, ready: true, status: 'running' });
});

test('doctor: healthy parts and problems', async () => {
  await cli.json('load', 'model.gguf');
  const states = async (...args: string[]) => {
    const { stdout } = await cli.run(['doctor', '--json', ...args]);
    return Object.fromEntries(
      JSON.parse(stdout).findings.map(({ check, state }: { check: string; state: string }) => [check, state]),
    );
  };
  expect(await states()).toMatchObject({
    node: 'fine',
    program: 'fine',
    identity: 'fine',
    network: 'fine',
    'canister llama': 'fine',
  });
  expect((await cli.run(['doctor'])).code).toBe(0);
  await cli.json('stop');
  chmodSync(at('config/llama-canister/identity.pem'), 0o644);
  writeFileSync(at('not-a-folder'), '');
  const { code, stdout } = await cli.run(['doctor', '--cache', 'not-a-folder/x']);
  expect([code, stdout]).toEqual([1, expect.stringMatching(/chmod 600/)]);
  expect(await states('--cache', 'not-a-folder/x')).toMatchObject({
    cache: 'wrong',
    identity: 'warning',
    'canister llama': 'wrong',
  });
  expect(await states('--network', 'http://127.0.0.1:9')).toMatchObject({ network: 'wrong' });
  rmSync(at('not-a-folder'));
  expect(existsSync(at('not-a-folder'))).toBe(false);
});
