/** What a caller who is no administrator may use of the canister, and sessions as files. */
import { createHash } from 'node:crypto';
import { Principal } from '@icp-sdk/core/principal';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Llama, type Output, owner, person } from './llama.js';
import { tinyModel } from './tiny-model.js';

const HOUR = 3_600_000_000_000n;
const DEFAULTS = { sessions: 1000n, bytes: 268_435_456n, tokens_per_hour: 0n };
const friend = person(1);
const stranger = person(2);
const greedy = ['--temp', '0', '--ignore-eos'];

let llama: Llama;
beforeAll(async () => {
  llama = await Llama.install();
  llama.load('m', tinyModel(), '-c', '512');
  llama.letEveryoneIn();
});
beforeEach(() => {
  llama.call('set_quotas', DEFAULTS);
  llama.time += HOUR;
});

const limit = (quotas: Partial<typeof DEFAULTS>) =>
  llama.call('set_quotas', { sessions: 0n, bytes: 0n, tokens_per_hour: 0n, ...quotas });
const usage = (caller = friend) =>
  (llama.call('get_usage', undefined, caller) as { Ok: Record<'sessions' | 'bytes' | 'tokens_this_hour', bigint> }).Ok;
const run = (cache: string, prompt: string, n = 1, caller = friend) =>
  llama.command('run_update', ['--prompt-cache', cache, ...greedy, '-n', String(n), '-p', prompt], caller);
const refusal = (result: ReturnType<typeof run>): Output => {
  if ('Ok' in result) throw new Error('it is Ok');
  return result.Err;
};

describe('quotas', () => {
  it('have defaults, are set by administrators, and survive an upgrade', async () => {
    const fresh = await Llama.install();
    expect(fresh.call('get_quotas')).toEqual(DEFAULTS);
    const other = { sessions: 1n, bytes: 0n, tokens_per_hour: 2n ** 64n - 1n };
    expect(fresh.call('set_quotas', other, friend)).toEqual({ Err: { Other: 'Access Denied' } });
    expect(fresh.call('set_quotas', other)).toEqual({ Ok: { status_code: 200 } });
    fresh.upgrade();
    expect(fresh.call('get_quotas', undefined, stranger)).toEqual(other);
  });

  it('of sessions: one more is refused, and the existing ones go on', () => {
    limit({ sessions: 2n });
    expect(run('a', 'one')).toHaveProperty('Ok');
    expect(run('b', 'two')).toHaveProperty('Ok');
    const stable = llama.canister.memory.stable;
    const error = 'quota: a caller may have 2 sessions; remove_prompt_cache removes one';
    expect(refusal(run('c', 'three'))).toMatchObject({ status_code: 429, error });
    expect(llama.call('copy_prompt_cache', { from: 'a', to: 'c' }, friend)).toEqual({
      Err: { Other: `copy_prompt_cache: ${error}` },
    });
    expect(llama.canister.memory.stable).toBe(stable);
    expect(usage()).toMatchObject({ sessions: 2n, bytes: 131_072n });
    expect(run('b', '')).toHaveProperty('Ok');
    // Not refused: a call without a session, another caller, and an administrator.
    expect(llama.command('run_update', ['-n', '1', '-p', 'hi'], friend)).toHaveProperty('Ok');
    expect(run('c', 'three', 1, stranger)).toHaveProperty('Ok');
    for (const name of ['a', 'b', 'c']) expect(run(name, 'x', 1, owner)).toHaveProperty('Ok');
    llama.ok('remove_prompt_cache', ['--prompt-cache', 'a'], friend);
    expect(run('c', 'three')).toHaveProperty('Ok');
  });

  it('of sessions: only files count; their folders are removed with the last file in them', () => {
    limit({ sessions: usage().sessions + 2n });
    // A session that is made and removed again and again counts once.
    for (let i = 0; i < 10; i++) {
      expect(run(`x/y/${i}`, 'deep')).toHaveProperty('Ok');
      llama.ok('remove_prompt_cache', ['--prompt-cache', `x/y/${i}`], friend);
    }
    expect(run('x/y/z', 'deep')).toHaveProperty('Ok');
    expect(run('x/w', 'less deep')).toHaveProperty('Ok');
    expect(refusal(run('w', 'flat')).status_code).toBe(429);
    const folders = () =>
      (
        llama.call('recursive_dir_content_query', { dir: `.canister_cache/${friend}/sessions`, max_entries: 0n }) as {
          Ok: { filename: string; filetype: string }[];
        }
      ).Ok.filter(({ filetype }) => filetype === 'directory').length;
    expect(folders()).toBe(2);
    llama.ok('remove_prompt_cache', ['--prompt-cache', 'x/y/z'], friend);
    expect(folders()).toBe(1);
    llama.ok('remove_prompt_cache', ['--prompt-cache', 'x/w'], friend);
    expect(folders()).toBe(0);
  });

  it('of bytes: no file grows beyond the quota', () => {
    limit({ bytes: usage(stranger).bytes + 65_536n });
    expect(run('p', 'one', 1, stranger)).toHaveProperty('Ok');
    expect(refusal(run('q', 'two', 1, stranger)).error).toMatch(
      /^quota: a caller's files may take \d+ bytes, in whole pages of 65536; they take \d+, and 65536 more are needed$/,
    );
    expect(run('p', '', 1, stranger)).toHaveProperty('Ok');
    const chunk = { promptcache: 'p', chunk: new Uint8Array(70_000), chunksize: 70_000n, offset: 0n };
    expect(llama.call('upload_prompt_cache_chunk', chunk)).toHaveProperty('Ok');
    llama.ok('remove_prompt_cache', ['--prompt-cache', 'p']);
  });

  it('of tokens: counted by the hour, up to the last token', () => {
    limit({ tokens_per_hour: 12n });
    const first = run('t', 'hello', 8) as { Ok: Output };
    const spent = first.Ok.n_prompt_tokens_decoded[0]! + first.Ok.n_tokens_generated[0]!;
    expect(usage().tokens_this_hour).toBe(spent);
    // The rest of the hour's tokens is used up; then there are none.
    llama.command('run_update', ['--prompt-cache', 't', ...greedy, '-p', ''], friend);
    expect(usage().tokens_this_hour).toBe(12n);
    expect(refusal(run('t', ''))).toMatchObject({
      status_code: 429,
      error: expect.stringMatching(
        /^quota: a caller may have 12 tokens evaluated an hour; the next hour begins in \d+ minutes$/,
      ),
    });
    // Queries cost the canister nothing, and other callers have an hour of their own.
    expect(llama.command('run_query', ['-n', '3', '-p', 'hello'], friend)).toHaveProperty('Ok');
    expect(run('t', 'hello', 3, stranger)).toHaveProperty('Ok');
    expect(run('t', 'hello', 30, owner)).toHaveProperty('Ok');
    // An upgrade does not begin a new hour.
    llama.upgrade();
    llama.timers();
    expect(usage().tokens_this_hour).toBe(12n);
    expect(refusal(run('t', '')).status_code).toBe(429);
    llama.time += HOUR;
    expect(usage().tokens_this_hour).toBe(0n);
    expect(run('t', '')).toHaveProperty('Ok');
  });

  it('of tokens: counted for each of hundreds of callers', () => {
    limit({ tokens_per_hour: 1000n });
    const callers = Array.from({ length: 600 }, (_, i) => Principal.selfAuthenticating(Uint8Array.of(i, i >> 8)));
    for (const [i, caller] of callers.entries()) {
      llama.ok('run_update', [...greedy, '-n', String((i % 3) + 1), '-p', 'a'], caller);
    }
    const spent = callers.map((caller) => usage(caller).tokens_this_hour);
    const alone = spent.slice(0, 3);
    expect(new Set(alone).size).toBe(3);
    for (const [i, tokens] of spent.entries()) expect(tokens).toBe(alone[i % 3]);
  });
});

describe('a session as a file', () => {
  /** Only administrators may read and write sessions as files: their own, or those of others by their paths. */
  const pathOf = (name: string, caller: typeof friend) => `.canister_cache/${caller}/sessions/${name}`;
  const download = (promptcache: string, caller = friend, chunksize = 100n) => {
    const parts: Uint8Array[] = [];
    for (let offset = 0n; ; ) {
      const result = llama.call('file_download_chunk', { filename: pathOf(promptcache, caller), chunksize, offset });
      const { chunk, done } = (result as { Ok: { chunk: Uint8Array; done: boolean } }).Ok;
      parts.push(chunk);
      offset += BigInt(chunk.length);
      if (done) return Buffer.concat(parts);
    }
  };
  const send = (promptcache: string, bytes: Uint8Array, caller = friend, chunksize = 100) => {
    let reply: unknown;
    for (let at = 0; at < bytes.length; at += chunksize) {
      const chunk = bytes.subarray(at, at + chunksize);
      const input = { filename: pathOf(promptcache, caller), chunk, chunksize: BigInt(chunksize), offset: BigInt(at) };
      reply = llama.call('file_upload_chunk', input, owner);
    }
    return reply;
  };

  it('can be downloaded, uploaded by another caller, and continued there', () => {
    run('out', 'a long story about a cat and a dog and what they did', 40);
    const bytes = download('out');
    const details = {
      filesize: BigInt(bytes.length),
      filesha256: createHash('sha256').update(bytes).digest('hex'),
    };
    const name = (caller: typeof friend) => `.canister_cache/${caller}/sessions/out`;
    expect(llama.call('uploaded_file_details', { filename: name(friend) })).toEqual({
      Ok: { filename: name(friend), ...details },
    });
    expect(send('out', bytes, stranger)).toEqual({ Ok: { filename: name(stranger), ...details } });
    const mine = run('out', '', 10);
    expect(run('out', '', 10, stranger)).toMatchObject({
      Ok: { output: (mine as { Ok: Output }).Ok.output, conversation: (mine as { Ok: Output }).Ok.conversation },
    });
  });

  it('spends no more tokens than its caller has left, although the file says that they are evaluated', () => {
    run('much', 'a long story about a cat and a dog and what they did', 40);
    const bytes = download('much');
    const reached = bytes.readUInt32LE(16);
    expect(reached).toBeGreaterThan(30);
    limit({ tokens_per_hour: 7n });
    send('much', bytes, stranger);
    const spend = () => llama.command('run_update', ['--prompt-cache', 'much', ...greedy, '-p', ''], stranger);
    expect(spend()).toMatchObject({ Ok: { n_tokens_generated: [0n] } });
    expect(usage(stranger).tokens_this_hour).toBe(7n);
    expect(refusal(spend()).status_code).toBe(429);
    // The tokens after the history that was put there are those that it may generate.
    llama.time += HOUR;
    limit({ tokens_per_hour: BigInt(reached - 7 + 2) });
    expect(spend()).toMatchObject({ Ok: { n_tokens_generated: [2n] } });
    expect(usage(stranger).tokens_this_hour).toBe(BigInt(reached - 7 + 2));
  });

  it('counts as not evaluated for max_tokens, whatever the file says, until it is continued here', () => {
    limit({});
    run('claim', 'a long story about a cat and a dog and what they did', 40);
    const bytes = download('claim');
    send('claimed', bytes);
    expect(llama.call('copy_prompt_cache', { from: 'claimed', to: 'claimed copy' }, friend)).toHaveProperty('Ok');
    llama.upgrade();
    llama.timers();
    llama.maxTokens(8);
    const decoded = (name: string) => (run(name, '', 1) as { Ok: Output }).Ok.n_prompt_tokens_decoded[0];
    expect(decoded('claimed')).toBe(8n);
    expect(decoded('claimed copy')).toBe(8n);
    // Its own keys and values were kept over the upgrade, so it goes on at once, and so does its copy.
    expect(llama.call('copy_prompt_cache', { from: 'claim', to: 'own copy' }, friend)).toHaveProperty('Ok');
    for (const name of ['claim', 'own copy']) {
      const { Ok: output } = run(name, '', 1) as { Ok: Output };
      expect(output).toMatchObject({ n_prompt_tokens_decoded: [0n], output: expect.stringMatching(/./s) });
    }
    llama.maxTokens(0);
  });

  it('that is truncated or invalid is an error until it is removed', () => {
    const fresh = run('f', 'once upon', 5) as { Ok: Output };
    const bytes = download('f');
    expect(bytes.length).toBeGreaterThan(64);
    for (const bad of [bytes.subarray(0, bytes.length - 4), Buffer.concat([bytes, bytes]), Buffer.alloc(64)]) {
      send('f', bad);
      expect(refusal(run('f', 'once upon', 5)).error).toContain('remove_prompt_cache');
      expect(download('f')).toEqual(Buffer.from(bad));
    }
    // A pending token that is not in the vocabulary.
    const pending = Buffer.from(bytes);
    pending.writeUInt32LE(401, 24);
    send('f', pending);
    expect(refusal(run('f', '')).error).toContain('the pending token is none of the model');
    send('f', bytes);
    expect(run('f', '', 1)).toHaveProperty('Ok');
    expect(fresh).toHaveProperty('Ok');
  });

  it('is within the caller’s folder, for any name', () => {
    for (const promptcache of ['../x', 'a/../../b', 'nul\0', '', 'x'.repeat(5000)]) {
      const problem = { Err: { Other: expect.any(String) } };
      const range = { chunksize: 10n, offset: 0n };
      expect(llama.call('download_prompt_cache_chunk', { promptcache, ...range }, owner)).toEqual(problem);
      const chunk = { promptcache, chunk: new Uint8Array(10), ...range };
      expect(llama.call('upload_prompt_cache_chunk', chunk, owner)).toEqual(problem);
      expect(llama.call('uploaded_prompt_cache_details', { promptcache }, owner)).toEqual(problem);
    }
    expect(llama.call('uploaded_prompt_cache_details', { promptcache: `../../${friend}/sessions/f` }, owner)).toEqual({
      Err: { Other: expect.stringContaining('..') },
    });
  });
});
