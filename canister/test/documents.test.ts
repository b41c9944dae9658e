/** Documents: what callers keep in the canister under names. */
import { beforeEach, describe, expect, it } from 'vitest';
import { anonymous, Llama, owner, person } from './llama.js';

const SECOND = 1_000_000_000n;
const DAY = 86_400n * SECOND;

let llama: Llama;
beforeEach(async () => {
  llama = await Llama.install();
  llama.letEveryoneIn();
});

type Answer = { Ok: { version: bigint; content: Uint8Array } } | { Err: { Other: string } };

const bytes = (text: string) => Uint8Array.from(Buffer.from(text));
function put(name: string, content: string | Uint8Array, replaces?: bigint, caller = person(1)): Answer {
  llama.time += SECOND;
  const input = { name, content: typeof content === 'string' ? bytes(content) : content };
  return llama.call('document_put', { ...input, replaces: replaces === undefined ? [] : [replaces] }, caller) as Answer;
}
const ok = (answer: Answer) => {
  if ('Err' in answer) throw new Error(answer.Err.Other);
  return answer.Ok;
};
const get = (name: string, caller = person(1)) =>
  Buffer.from(ok(llama.call('document_get', { name }, caller) as Answer).content).toString();
const list = (caller = person(1)) =>
  (llama.call('document_list', undefined, caller) as { Ok: { name: string; size: bigint; version: bigint }[] }).Ok;
const remove = (name: string, caller = person(1)) => llama.call('document_remove', { name }, caller);

describe('documents', () => {
  it("are their caller's alone, and survive upgrades", () => {
    put('a', 'mine');
    put('a', 'yours', undefined, person(2));
    llama.upgrade();
    expect([get('a'), get('a', person(2))]).toEqual(['mine', 'yours']);
    expect(list(person(3))).toEqual([]);
    expect(() => get('a', person(3))).toThrow('File does not exist');
    expect(llama.call('document_get', { name: 'a' }, anonymous)).toEqual({ Err: { Other: 'Access Denied' } });
    // Callers who may inspect the canister can read documents as files.
    const filename = `.canister_cache/${person(1)}/documents/a`;
    const { chunk } = (
      llama.call('file_download_chunk', { filename, chunksize: 10n, offset: 0n }, owner) as {
        Ok: { chunk: Uint8Array };
      }
    ).Ok;
    expect(Buffer.from(chunk).toString()).toBe('mine');
  });

  it('are replaced only if nobody else has done so in between, if that is asked for', () => {
    const first = ok(put('a', 'one', 0n)).version;
    expect(put('a', 'two', 0n)).toMatchObject({
      Err: { Other: expect.stringContaining(`conflict: the document has version ${first}, and not 0`) },
    });
    const second = ok(put('a', 'a longer one', first)).version;
    expect(second).toBeGreaterThan(first);
    expect(put('a', 'three', first)).toMatchObject({ Err: { Other: expect.stringContaining('conflict') } });
    expect([get('a'), list()]).toEqual(['a longer one', [expect.objectContaining({ name: 'a', version: second })]]);
    // A document that was removed and put again counts as another one.
    expect(remove('a')).toEqual({ Ok: { status_code: 200 } });
    expect(put('a', 'four', second)).toMatchObject({ Err: { Other: expect.stringContaining('and not') } });
    expect(ok(put('a', 'four', 0n)).version).toBeGreaterThan(second);
  });

  it('have plain names and at most a million bytes', () => {
    for (const name of ['', '.', '..', 'a/b', 'a.b', 'ä', 'x'.repeat(65), '../sessions/a']) {
      expect(put(name, 'x'), name).toMatchObject({ Err: { Other: expect.stringContaining('1 to 64 characters') } });
      expect(remove(name), name).toHaveProperty('Err');
      expect(() => get(name), name).toThrow('1 to 64 characters');
    }
    expect(put('a', '')).toMatchObject({ Err: { Other: expect.stringContaining('at least one byte') } });
    expect(put('a', new Uint8Array(1_000_001))).toMatchObject({
      Err: { Other: expect.stringContaining('at most 1000000 bytes') },
    });
    const long = new Uint8Array(1_000_000).fill(120);
    expect(put(`${'x'.repeat(60)}_-09`, long)).toHaveProperty('Ok');
    expect(get(`${'x'.repeat(60)}_-09`)).toHaveLength(1_000_000);
  });

  it('count against the bytes of their caller', () => {
    llama.call('set_quotas', { sessions: 0n, bytes: 131_072n, tokens_per_hour: 0n });
    put('a', 'x');
    put('b', 'x');
    expect(put('c', 'x')).toMatchObject({ Err: { Other: expect.stringContaining('quota') } });
    expect(put('a', 'y')).toHaveProperty('Ok');
    expect(put('a', new Uint8Array(70_000))).toMatchObject({ Err: { Other: expect.stringContaining('quota') } });
    expect([get('a'), list().length]).toEqual(['y', 2]);
    remove('b');
    expect(put('c', 'x')).toHaveProperty('Ok');
    expect(put('a', 'x', undefined, person(2))).toHaveProperty('Ok');
  });

  it('are removed by the cleanup when they were not written for as long as chats are kept', () => {
    put('old', 'x');
    llama.time += 29n * DAY;
    put('new', 'x');
    llama.call('cache_cleanup_now');
    expect(list()).toHaveLength(2);
    llama.time += 2n * DAY;
    llama.call('cache_cleanup_now');
    expect(list().map(({ name }) => name)).toEqual(['new']);
    llama.call('set_storage_limits', { callers_bytes: [], chats_ttl_seconds: [60n] });
    llama.call('cache_cleanup_now');
    expect(list()).toEqual([]);
  });
});
