// Which program a canister has: verify-wasm against the table of releases, and version.
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Network } from '@llama-canister/network';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { type Release, table } from '../../packages/cli/src/deploy/releases.js';
import { wat } from '../../packages/network/src/wasm/wat.test-support.js';
import { root } from './model.js';
import { Cli } from './process.js';

const cli = new Cli();
const sha256 = createHash('sha256')
  .update(readFileSync(join(root, 'canister/build/llama.wasm')))
  .digest('hex');
const [commit, before] = ['c'.repeat(40), 'b'.repeat(40)];
const row = (version: string, of: string, hash: string) => ({ version, commit: of, date: '2026-01-31', sha256: hash });

let network: Network;
const on = (...args: string[]) => ['--network', network.url, ...args];
const keepTable = (...rows: Release[]) => void vi.spyOn(table, 'releases').mockReturnValue(rows);

beforeAll(async () => {
  network = await Network.start();
  writeFileSync(join(cli.folder, 'other.wasm'), wat('(module (func (export "canister_init")))'));
  keepTable();
  await cli.json(...on('deploy'));
  await cli.json(...on('deploy', 'other', '--wasm', 'other.wasm'));
});
beforeEach(() => keepTable());
afterAll(async () => {
  await cli.dispose();
  await network?.stop();
});

test('a release is recognised, with its commit, also by callers who are not controllers', async () => {
  keepTable(row('0.1.0', before, 'a'.repeat(64)), row('0.2.0', commit, sha256), row('0.2.1', 'd'.repeat(40), sha256));
  const mine = await cli.json(...on('verify-wasm'));
  const result = await cli.json(...on('verify-wasm', mine.canister, '--identity', 'anonymous'));
  expect(result).toEqual({
    canister: mine.canister,
    moduleHash: sha256,
    known: true,
    release: row('0.2.0', commit, sha256),
  });
  expect(await cli.text(...on('verify-wasm'))).toContain(`release 0.2.0 (2026-01-31), built of commit ${commit}`);
  expect(await cli.json('version')).toMatchObject({ wasm: { sha256, release: { version: '0.2.0' } } });
});

test('the bundled program is recognised although it is no release; any other is unknown', async () => {
  const { own, known } = await cli.json(...on('verify-wasm'));
  expect([known, own]).toEqual([
    true,
    JSON.parse(readFileSync(join(root, 'packages/cli/package.json'), 'utf8')).version,
  ]);
  expect(await cli.text('version')).toContain('not a release');
  keepTable(row('0.2.0', commit, sha256));
  const { code, stdout } = await cli.run(['--json', ...on('verify-wasm', 'other')]);
  expect([code, JSON.parse(stdout)]).toMatchObject([1, { known: false }]);
  expect((await cli.run([...on('verify-wasm', 'other')])).stdout).toContain('in none of the 1 releases');
});

test('the program can be compared with a file', async () => {
  expect(await cli.json(...on('verify-wasm', 'other', '--wasm', 'other.wasm'))).toMatchObject({ file: 'other.wasm' });
  const { code, stdout } = await cli.run([...on('verify-wasm', '--wasm', 'other.wasm')]);
  expect([code, stdout]).toEqual([1, expect.stringContaining('another program than other.wasm')]);
  expect(await cli.failure(...on('verify-wasm', '--wasm', 'no.wasm'))).toMatchObject({ code: 'NO_SUCH_FILE' });
});

test('a canister without a program, and a canister that does not exist', async () => {
  const empty = network.createCanister({}).toText();
  expect(await cli.failure(...on('verify-wasm', empty))).toMatchObject({ exit: 1, code: 'NOTHING_INSTALLED' });
  const nobody = 'rrkah-fqaaa-aaaaa-aaaaq-cai';
  expect(await cli.failure(...on('verify-wasm', nobody))).toMatchObject({ exit: 1, code: 'CANISTER_NOT_FOUND' });
  expect(await cli.failure(...on('verify-wasm', 'nothing'))).toMatchObject({ code: 'UNKNOWN_CANISTER' });
});
