/** How much stable memory all callers together may use, and who is exempt from the limit. */
import type { Principal } from '@icp-sdk/core/principal';
import { beforeAll, describe, expect, it } from 'vitest';
import { Llama, owner, person, type Result } from './llama.js';
import { tinyModel } from './tiny-model.js';

const PAGE = 65_536n;
const GIB = 1n << 30n;
/** Cycles to keep a GiB for 30 days, at 317,500 a second. */
const GIB_FOR_30_DAYS = 317_500n * 86_400n * 30n;
const [first, second, third] = [person(1), person(2), person(3)];
const ok = { Ok: { status_code: 200 } };

interface Limits {
  callers_bytes: bigint;
  callers_bytes_used: bigint;
  callers_bytes_set: [] | [bigint];
  chats_ttl_seconds: bigint;
}

let llama: Llama;
beforeAll(async () => {
  llama = await Llama.install();
  llama.load('m', tinyModel(), '-c', '512');
  llama.letEveryoneIn();
});

const limits = () => llama.call('get_storage_limits') as Limits;
const set = (bytes?: bigint, seconds?: bigint, caller = owner) =>
  llama.call(
    'set_storage_limits',
    {
      callers_bytes: bytes === undefined ? [] : [bytes],
      chats_ttl_seconds: seconds === undefined ? [] : [seconds],
    },
    caller,
  );
const run = (cache: string, caller: Principal, prompt = 'hello') =>
  llama.command('run_update', ['--prompt-cache', cache, '--temp', '0', '-n', '1', '-p', prompt], caller);
const error = (result: ReturnType<typeof run>) => ('Err' in result ? result.Err.error : '');

describe('the bytes of all callers', () => {
  it('are limited by the cycles to keep them, from 1 to 128 GiB', () => {
    const { environment } = llama.canister;
    const before = environment.balance;
    const at = (balance: bigint) => {
      environment.balance = balance;
      return limits().callers_bytes;
    };
    expect(at(0n)).toBe(GIB);
    expect(at(4n * GIB_FOR_30_DAYS)).toBe(GIB);
    expect(Number(at(10n * GIB_FOR_30_DAYS)) / Number(GIB)).toBeCloseTo(2.5, 4);
    expect(at(1000n * GIB_FOR_30_DAYS)).toBe(128n * GIB);
    expect(at(2n ** 100n)).toBe(128n * GIB);
    environment.balance = before;
    expect(limits()).toMatchObject({ callers_bytes_set: [], chats_ttl_seconds: 2_592_000n });
  });

  it('are refused beyond the limit for every caller, with advice', () => {
    expect(run('a', first)).toHaveProperty('Ok');
    expect(run('a', second)).toHaveProperty('Ok');
    expect(limits().callers_bytes_used).toBe(2n * PAGE);
    expect(set(3n * PAGE, undefined, first)).toEqual({ Err: { Other: 'Access Denied' } });
    expect(set(3n * PAGE)).toEqual(ok);
    expect(run('a', third)).toHaveProperty('Ok');
    // Identities cost nothing, so a new one has no more room either.
    for (const [caller, name] of [
      [first, 'b'],
      [person(4), 'a'],
    ] as const) {
      const stable = llama.canister.memory.stable;
      expect(error(run(name, caller))).toMatch(
        /^storage: the files of all callers together may take 196608 bytes, and take 196608: .*cache_cleanup_now.*set_storage_limits/,
      );
      expect(llama.canister.memory.stable).toBe(stable);
    }
    // What is stored can still be used, and removing something makes room.
    expect(run('a', second, '')).toHaveProperty('Ok');
    llama.ok('remove_prompt_cache', ['--prompt-cache', 'a'], third);
    expect(run('a', person(4))).toHaveProperty('Ok');
    expect(error(run('a', third))).toMatch(/^storage/);
  });

  it('do not count files of administrators and applications, which are not limited', () => {
    const application = person(5);
    for (const name of ['a', 'b', 'c']) expect(run(name, owner)).toHaveProperty('Ok');
    llama.call('filesystem_remove', { filename: `.canister_cache/${first}/sessions/a` });
    const input = { principal: application.toText(), note: 'serves many users' };
    expect(llama.call('set_application', input, first)).toEqual({ Err: { Other: 'Access Denied' } });
    expect(llama.call('set_application', input)).toEqual(ok);
    llama.call('set_quotas', { sessions: 1n, bytes: PAGE, tokens_per_hour: 1n });
    for (const name of ['a', 'b', 'c', 'd']) expect(run(name, application)).toHaveProperty('Ok');
    llama.call('set_quotas', { sessions: 0n, bytes: 0n, tokens_per_hour: 0n });
    // The owner is a controller, which the canister cannot list, so his files count. The application's do not.
    set(7n * PAGE);
    expect(run('mine', third)).toHaveProperty('Ok');
    llama.upgrade();
    llama.timers();
    expect(llama.call('get_applications')).toEqual({ Ok: [{ ...input, since: expect.any(BigInt) }] });
    expect(llama.call('get_applications', undefined, first)).toEqual({ Err: { Other: 'Access Denied' } });
    expect(llama.call('remove_application', application.toText())).toEqual(ok);
    expect(llama.call('remove_application', application.toText())).toMatchObject({
      Err: { Other: expect.stringMatching(/get_applications/) },
    });
    expect(error(run('e', application))).toMatch(/^storage/);
    set();
    expect(run('e', application)).toHaveProperty('Ok');
  });

  it('have 64 applications at most; none is the anonymous principal or an invalid one', () => {
    const add = (principal: string, note = '') => llama.call('set_application', { principal, note });
    for (const nobody of ['', 'x', 'x'.repeat(1000)]) expect(add(nobody)).toHaveProperty('Err');
    expect(add('2vxsx-fae')).toHaveProperty('Err');
    expect(add('aaaaa-aa', 'x'.repeat(401))).toHaveProperty('Err');
    for (let i = 0; i < 64; i++) expect(add(person(i).toText(), 'x'.repeat(400))).toEqual(ok);
    expect(add(person(64).toText())).toMatchObject({ Err: { Other: expect.stringMatching(/there are 64/) } });
    expect(add(person(0).toText(), 'again')).toEqual(ok);
    for (let i = 0; i < 64; i++) expect(llama.call('remove_application', person(i).toText())).toEqual(ok);
  });
});

describe('set_access', () => {
  const explain = (level: number) =>
    (llama.call('set_access', { level }) as Result<{ level: number; explanation: string }, unknown> & { Ok: object })
      .Ok as { explanation: string };

  it('explains the quotas if there are any; otherwise it answers as llama_cpp_canister does', async () => {
    llama.call('set_quotas', { sessions: 5n, bytes: 0n, tokens_per_hour: 9n });
    expect(explain(1).explanation).toBe('All except anonymous: at most 5 sessions, 9 tokens an hour for each caller');
    expect(explain(0).explanation).toBe('Only controllers');
    llama.call('set_quotas', { sessions: 0n, bytes: 0n, tokens_per_hour: 0n });
    expect(explain(1).explanation).toBe('All except anonymous: no quotas');
    const fresh = await Llama.install();
    const reply = { level: 1, explanation: 'All except anonymous' };
    expect(fresh.call('set_access', { level: 1 })).toEqual({ Ok: reply });
    expect(fresh.call('get_access')).toEqual({ Ok: reply });
  });
});
