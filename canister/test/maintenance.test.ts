import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { Llama, person, type Result } from './llama.js';
import { tinyModel } from './tiny-model.js';

interface Stats {
  runs: bigint;
  files_examined: bigint;
  files_deleted: bigint;
  files_failed: bigint;
  last_run_ns: bigint;
  period_seconds: bigint;
  ttl_seconds: bigint;
  max_files_per_run: bigint;
  is_running: boolean;
}

const SECOND = 1_000_000_000n;
const HOUR = 3600n * SECOND;

let llama: Llama;
beforeEach(async () => {
  llama = await Llama.install();
});

const call = (method: string, argument?: unknown) => (llama.call(method, argument) as { Ok: Stats }).Ok;
const stats = () => call('get_cache_cleanup_stats');
const cleanUp = () => call('cache_cleanup_now');
const configure = (period?: bigint, ttl?: bigint, files?: bigint) => {
  const opt = (value?: bigint) => (value === undefined ? [] : [value]);
  return call('set_cache_cleanup_config', {
    period_seconds: opt(period),
    ttl_seconds: opt(ttl),
    max_files_per_run: opt(files),
  });
};
const path = (who: number, name: string) => `.canister_cache/${person(who).toText()}/sessions/${name}`;
const files = () => {
  const listed = llama.call('recursive_dir_content_query', { dir: '.canister_cache', max_entries: 0n });
  const result = listed as Result<{ filename: string; filetype: string }[], unknown>;
  return 'Err' in result ? [] : result.Ok.filter(({ filetype }) => filetype === 'file').map(({ filename }) => filename);
};
const put = (name: string) => llama.upload(name, Buffer.from('12345'));

describe('the cleanup of sessions', () => {
  it('is off at first, and has the settings that clients expect', () => {
    expect(stats()).toEqual({
      runs: 0n,
      files_examined: 0n,
      files_deleted: 0n,
      files_failed: 0n,
      last_run_ns: 0n,
      period_seconds: 600n,
      ttl_seconds: 21_600n,
      max_files_per_run: 256n,
      is_running: false,
    });
    expect(llama.canister.environment.globalTimer).toBe(0n);
    llama.upgrade();
    expect(llama.canister.environment.globalTimer).toBe(0n);
    expect(cleanUp()).toMatchObject({ runs: 1n, files_examined: 0n, last_run_ns: llama.time });
  });

  it('removes sessions unused for the time to live and folders that this leaves empty, and nothing else', () => {
    put('model.gguf');
    put(path(1, 'old'));
    put(path(1, 'folder/old'));
    put(path(2, 'old'));
    put(`.canister_cache/${person(1).toText()}/db_chats/chat`);
    llama.time += 6n * HOUR - 1n;
    put(path(2, 'new'));
    expect(cleanUp()).toMatchObject({ files_examined: 4n, files_deleted: 0n });
    llama.time += 1n;
    expect(cleanUp()).toMatchObject({ runs: 2n, files_examined: 4n, files_deleted: 3n, files_failed: 0n });
    expect(files()).toEqual([`.canister_cache/${person(1).toText()}/db_chats/chat`, path(2, 'new')]);
    expect(llama.call('filesystem_file_size', { filename: path(1, '') })).toHaveProperty('Err');
    expect(llama.call('filesystem_file_size', { filename: 'model.gguf' })).toHaveProperty('Ok');
    configure(undefined, 0n);
    expect(cleanUp()).toMatchObject({ files_examined: 1n, files_deleted: 1n });
  });

  it('sees the use of a session, and a removed session starts anew', () => {
    llama.load('m', tinyModel());
    const run = (prompt: string) => llama.run(['--prompt-cache', 'c', '--temp', '0', '-n', '2', '-p', prompt]);
    run('hello');
    llama.time += 5n * HOUR;
    run('hello');
    llama.time += 5n * HOUR;
    expect(cleanUp()).toMatchObject({ files_examined: 1n, files_deleted: 0n });
    expect(run('hello').n_prompt_tokens_decoded).toEqual([0n]);
    llama.time += 6n * HOUR;
    expect(cleanUp()).toMatchObject({ files_deleted: 1n });
    expect(run('hello').n_prompt_tokens_decoded).not.toEqual([0n]);
  });

  it('goes on where the last run ended, so that every file has its turn', () => {
    for (let i = 0; i < 7; i++) put(path(i % 3, `${i}`));
    configure(undefined, undefined, 2n);
    llama.time += 10n * HOUR;
    // The first four are used again.
    for (const name of files().slice(0, 4)) put(name);
    const taken: bigint[] = [];
    for (let run = 0; run < 4; run++) taken.push(cleanUp().files_deleted);
    expect(taken.reduce((sum, n) => sum + n)).toBe(3n);
    expect(files()).toHaveLength(4);
    expect(cleanUp().files_examined).toBe(2n);
    configure(undefined, undefined, 100n);
    // A run that begins midway comes around, and looks at no file twice.
    expect(cleanUp()).toMatchObject({ files_examined: 4n, files_deleted: 0n });
  });

  it('accepts only settings within bounds', () => {
    expect(configure(300n, 3600n, 128n)).toEqual({
      period_seconds: 300n,
      ttl_seconds: 3600n,
      max_files_per_run: 128n,
      is_running: false,
    });
    expect(configure(0n, undefined, 0n)).toMatchObject({ period_seconds: 300n, max_files_per_run: 1n });
    expect(configure(2n ** 64n - 1n, 2n ** 64n - 1n, 999_999n)).toEqual({
      period_seconds: 300n,
      ttl_seconds: 3600n,
      max_files_per_run: 10_000n,
      is_running: false,
    });
    llama.upgrade();
    expect(stats()).toMatchObject({ period_seconds: 300n, ttl_seconds: 3600n, max_files_per_run: 10_000n });
    // With the longest period, the cleanup is never due.
    configure(18_446_744_073n);
    expect(call('cache_cleanup_start_timer')).toEqual({ ok: true, is_running: true });
    llama.time += 1_000_000n * HOUR;
    expect(llama.timers()).toBe(0);
  });

  it('runs by itself once it is started, and goes on after an upgrade', () => {
    configure(2n, 60n);
    put(path(1, 'a'));
    expect(call('cache_cleanup_start_timer')).toEqual({ ok: true, is_running: true });
    expect(call('cache_cleanup_start_timer')).toEqual({ ok: true, is_running: true });
    for (let second = 1n; second <= 10n; second++) {
      llama.time += SECOND;
      expect(llama.timers()).toBe(second % 2n === 0n ? 1 : 0);
    }
    expect(stats()).toMatchObject({ runs: 5n, files_examined: 1n, is_running: true });
    llama.upgrade();
    expect(llama.timers()).toBe(0);
    llama.time += 60n * SECOND;
    expect(llama.timers()).toBe(1);
    expect(stats()).toMatchObject({ runs: 6n, files_deleted: 1n });
    // The new period begins now.
    configure(100n);
    llama.time += 99n * SECOND;
    expect(llama.timers()).toBe(0);
    llama.time += SECOND;
    expect(llama.timers()).toBe(1);
    expect(call('cache_cleanup_stop_timer')).toEqual({ ok: true, is_running: false });
    llama.time += HOUR;
    expect(llama.timers()).toBe(0);
    llama.upgrade();
    expect(stats()).toMatchObject({ runs: 7n, is_running: false });
  });

  it('removes every stale file and no other, in any order of events', () => {
    const step = fc.oneof(
      {
        weight: 3,
        arbitrary: fc.record({ put: fc.tuple(fc.integer({ min: 0, max: 2 }), fc.constantFrom('a', 'b', 'c/d')) }),
      },
      fc.record({ wait: fc.integer({ min: 1, max: 30 }) }),
      fc.constant({ clean: true }),
      fc.constant({ upgrade: true }),
    );
    configure(undefined, 40n, 3n);
    fc.assert(
      fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
        const model = new Map<string, bigint>();
        for (const step of steps as { put?: [number, string]; wait?: number; clean?: boolean; upgrade?: boolean }[]) {
          if (step.put) {
            const name = path(...step.put);
            put(name);
            model.set(name, llama.time);
          }
          if (step.wait) llama.time += BigInt(step.wait) * SECOND;
          if (step.upgrade) llama.upgrade();
          if (step.clean) {
            // Enough runs for every file to have its turn, and one more for those before the place where the first run
            // began.
            for (let left = model.size + 3; left > 0; left -= 3) expect(cleanUp().files_failed).toBe(0n);
            for (const [name, time] of model) if (llama.time - time >= 40n * SECOND) model.delete(name);
            expect(files().sort()).toEqual([...model.keys()].sort());
          }
        }
        llama.time += HOUR;
        for (let left = model.size + 3; left > 0; left -= 3) cleanUp();
        expect(files()).toEqual([]);
      }),
      { numRuns: process.env.LLAMA_CANISTER_TEST === 'full' ? 300 : 15 },
    );
  });
});

describe('the balance of cycles', () => {
  const balance = () =>
    llama.call('get_cycle_balance') as Result<{ cycle_balance: bigint; updated_at_ns: bigint }, unknown>;
  const ok = { Ok: { status_code: 200 } };
  const off = { Err: { Other: 'cycle balance tracking is off — an admin must call cycle_balance_start_timer' } };

  it('is checked every hour once that is started, also after an upgrade', () => {
    expect(balance()).toEqual(off);
    llama.canister.environment.balance = 2n ** 80n + 5n;
    expect(llama.call('cycle_balance_start_timer')).toEqual(ok);
    expect(balance()).toMatchObject({ Ok: { updated_at_ns: llama.time } });
    const first = (balance() as { Ok: { cycle_balance: bigint } }).Ok.cycle_balance;
    expect(first).toBeGreaterThan(2n ** 79n);
    const start = llama.time;
    llama.canister.environment.balance = 1_000_000_000_000n;
    llama.time += HOUR - 1n;
    expect(llama.timers()).toBe(0);
    expect(balance()).toEqual({ Ok: { cycle_balance: first, updated_at_ns: start } });
    llama.upgrade();
    llama.time += 1n;
    expect(llama.timers()).toBe(1);
    expect(balance()).toMatchObject({ Ok: { updated_at_ns: start + HOUR } });
    expect((balance() as { Ok: { cycle_balance: bigint } }).Ok.cycle_balance).toBeLessThan(1_000_000_000_001n);
    for (let i = 0; i < 2; i++) expect(llama.call('cycle_balance_stop_timer')).toEqual(ok);
    expect(balance()).toEqual(off);
    llama.time += HOUR;
    expect(llama.timers()).toBe(0);
    llama.upgrade();
    expect(balance()).toEqual(off);
  });

  it('and the cleanup share one timer, and each keeps its own times', () => {
    configure(1000n);
    llama.call('cache_cleanup_start_timer');
    llama.call('cycle_balance_start_timer');
    for (let time = 1000; time <= 8000; time += 1000) {
      llama.time += 1000n * SECOND;
      expect(llama.timers()).toBe(time === 4000 || time === 8000 ? 2 : 1);
    }
  });
});

describe('get_memory_status', () => {
  it('reports the number of pages', () => {
    const { heap, stable } = llama.canister.memory;
    const status = (llama.call('get_memory_status', undefined, person(1)) as { Ok: Record<string, bigint> }).Ok;
    expect(status).toEqual({ wasm_heap_bytes: BigInt(heap), stable_bytes: BigInt(stable) });
    for (const bytes of Object.values(status)) {
      expect(bytes % 65536n).toBe(0n);
      expect(bytes).toBeGreaterThan(0n);
    }
  });
});
