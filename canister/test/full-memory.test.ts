/** Stable memory that cannot grow: whatever has no room is an error and changes nothing. */
import { beforeAll, describe, expect, it } from 'vitest';
import { Program } from './golden-canister.js';
import type { StableMemory } from './host.js';
import { tinyModel } from './tiny-model.js';

const PAGE = 65536;
const sha256 = 'ab'.repeat(32);
const model = tinyModel({ embedding: 32, heads: 2, keyValueHeads: 1, headDim: 16, feedForward: 64, layers: 1 });

let before: StableMemory;
let time: bigint;

/** A canister without any settings, whose table of files is full to its last entry. */
beforeAll(async () => {
  const program = await Program.start();
  const { host } = program;
  host.call('canister_init');
  time = host.time;
  const upload = (filename: string, chunk: Uint8Array) =>
    program.call('file_upload_chunk', { filename, chunk, chunksize: 1_900_000n, offset: 0n }, 'owner') as object;
  upload('m', model);
  program.ok('upload_begin', { filename: 'a', filesize: 200n, sha256, chunksize: 100n });
  program.ok('upload_chunk', { upload: 1n, offset: 0n, chunk: new Uint8Array(100) });
  host.stable.limit = host.stable.pages;
  for (let i = 0; 'Ok' in upload(`empty ${i}`, new Uint8Array()); i++) expect(i).toBeLessThan(2000);
  for (let i = 0; 'Ok' in upload(`empty ${i}`, new Uint8Array(1)); i++) expect(i).toBeLessThan(2000);
  before = host.stable;
});

/** The same canister with room for this many more pages. */
async function start(room = 0): Promise<Program> {
  const stable = before.copy();
  stable.limit = stable.pages + room;
  const program = await Program.upgraded(stable, time);
  program.host.cycles = 10n ** 13n;
  return program;
}

function differences(a: StableMemory, b: StableMemory): number[] {
  const different: number[] = [];
  for (let page = 0; page < a.pages; page++) {
    if (Buffer.compare(a.read(page * PAGE, PAGE), b.read(page * PAGE, PAGE)) !== 0) different.push(page);
  }
  return different;
}

const upload = { filename: 'a', filesize: 300n, sha256, chunksize: 100n };
const text = (args: string[]) => ({ args });
const cases: [string, unknown][] = [
  ['set_max_tokens', { max_tokens_update: 1n, max_tokens_query: 1n }],
  ['set_instruction_budget', { update: 1n, query: 1n }],
  ['set_quotas', { sessions: 1n, bytes: 1n, tokens_per_hour: 1n }],
  ['set_log_level', { level: { debug: null } }],
  ['set_access', { level: 1 }],
  ['assignAdminRole', { principal: 'aaaaa-aa', role: { AdminUpdate: null }, note: 'x'.repeat(300) }],
  ['chats_pause', undefined],
  ['log_pause', undefined],
  ['cycle_balance_start_timer', undefined],
  ['cache_cleanup_start_timer', undefined],
  ['set_cache_cleanup_config', { period_seconds: [7n], ttl_seconds: [], max_files_per_run: [] }],
  ['upload_begin', upload],
  ['upload_begin', { ...upload, filename: 'models/deep/b' }],
  ['file_upload_chunk', { filename: 'new', chunk: new Uint8Array(1), chunksize: 10n, offset: 0n }],
  ['file_upload_chunk', { filename: 'empty 0', chunk: new Uint8Array(200_000), chunksize: 200_000n, offset: 0n }],
  ['new_chat', text(['--prompt-cache', 'c'])],
  ['load_model', text(['--model', 'm'])],
];

describe('with a full stable memory', () => {
  it.each(cases)('%s is an error, and changes nothing', async (method, argument) => {
    const program = await start();
    const answer = program.call(method, argument, 'owner') as { Err?: { Other?: string; error?: string } };
    expect(answer.Err?.Other ?? answer.Err?.error).toContain('stable memory is full');
    expect(differences(before, program.host.stable)).toEqual([]);
    expect(program.host.timer).toBe(0n);
  });

  it.each(cases)('%s works, or changes nothing, with any small amount of room', async (method, argument) => {
    let room = 0;
    for (; room < 40; room++) {
      const program = await start(room);
      const answer = program.call(method, argument, 'owner') as object;
      if ('Ok' in answer) break;
      // Pages that were reserved may stay reserved; nothing else changes.
      expect(program.call('upload_status', { upload: 1n }, 'owner')).toMatchObject({ Ok: { received: 100n } });
      expect(program.call('upload_status', { upload: 2n }, 'owner')).toHaveProperty('Err');
      expect(program.call('getAdminRoles', undefined, 'owner')).toEqual({ Ok: [] });
      expect(program.call('get_access', undefined, 'owner')).toMatchObject({ Ok: { level: 0 } });
      expect(program.call('get_max_tokens', undefined, 'owner')).toEqual({
        max_tokens_update: 0n,
        max_tokens_query: 0n,
      });
      expect(program.call('ready', undefined, 'owner')).toEqual({ Err: { Other: 'Model not yet loaded' } });
    }
    expect(room).toBeGreaterThan(0);
    expect(room).toBeLessThan(40);
  });

  it('the cleanup makes room', async () => {
    const program = await start();
    for (let i = 0; i < 4; i++) program.ok('filesystem_remove', { filename: `empty ${i}` });
    const chunk = { chunk: new Uint8Array(), chunksize: 10n, offset: 0n };
    program.ok('file_upload_chunk', { filename: '.canister_cache/p/sessions/s', ...chunk });
    expect(program.call('set_access', { level: 1 }, 'owner')).toHaveProperty('Err');
    program.host.time += 7n * 3_600_000_000_000n;
    program.ok('cache_cleanup_now');
    program.ok('set_access', { level: 1 });
  });
});
