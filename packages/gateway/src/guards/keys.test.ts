// Keys and their limits: the answer to a caller without a key, with a wrong one, or beyond its limits.
import { describe, expect, test } from 'vitest';
import type { Refusal } from '../refusal.js';
import { chat, guarded, send } from './guarded.test-support.js';
import { keyOf, parseKeys } from './keys.js';
import { Limits } from './limits.js';

const { ada, bob, at } = guarded();

describe('keys', () => {
  test.each([
    ['/v1/chat/completions', { error: { type: 'authentication_error', code: 'invalid_api_key' } }],
    ['/v1/messages', { type: 'error', error: { type: 'authentication_error' } }],
    ['/api/chat', { error: expect.stringContaining('API key') }],
    ['/tokenize', { error: { code: 401, type: 'authentication_error' } }],
    ['/v1/nothing', { error: { code: 'invalid_api_key' } }],
  ])('%s without one, or with a wrong one', async (path, shape) => {
    const wrong: Record<string, string>[] = [
      {},
      { authorization: 'Bearer llama-wrong' },
      { 'x-api-key': `${ada.key}x` },
      { authorization: `Basic ${ada.key}` },
    ];
    for (const headers of wrong) {
      const answer = await send(at.locked, path, { headers });
      expect([answer.status, answer.headers.get('www-authenticate')]).toEqual([401, 'Bearer']);
      expect(await answer.json()).toMatchObject(shape);
    }
  });

  test('are accepted in each header that clients use', async () => {
    for (const headers of [{ authorization: `bearer ${ada.key}` }, { 'x-api-key': ada.key }] as Record<
      string,
      string
    >[]) {
      expect((await send(at.locked, '/v1/chat/completions', { headers })).status).toBe(200);
    }
    expect((await send(at.locked, '/health', { method: 'GET' })).status).toBe(200);
  });

  test('do not open the stream of another key', async () => {
    const headers = { authorization: `Bearer ${ada.key}`, 'llama-keep': '1' };
    const body = JSON.stringify({ ...JSON.parse(chat), stream: true });
    const answer = await send(at.locked, '/v1/chat/completions', { headers, body });
    const id = answer.headers.get('llama-stream')!;
    await answer.text();
    const again = (key: string) =>
      send(at.locked, `/v1/streams/${id}`, { method: 'GET', headers: { authorization: `Bearer ${key}` } });
    expect([(await again(ada.key)).status, (await again(bob.key)).status]).toEqual([200, 404]);
  });

  test('have limits, which are reported in the shape of each interface', async () => {
    const headers = { authorization: `Bearer ${bob.key}` };
    const statuses: number[] = [];
    let last: Response;
    do {
      last = await send(at.locked, '/v1/chat/completions', { headers });
      statuses.push(last.status);
      if (last.status === 200) await last.text();
    } while (last.status === 200 && statuses.length < 9);
    expect(last.status).toBe(429);
    expect(Number(last.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await last.json()).error).toMatchObject({ type: 'rate_limit_error', code: 'rate_limit_exceeded' });
    const other = await send(at.locked, '/v1/messages', { headers });
    expect(await other.json()).toMatchObject({ error: { type: 'rate_limit_error' } });
  });

  test('are limited by minute and day', () => {
    let now = 0;
    const limits = new Limits(() => now);
    const key = { ...ada.entry, requestsPerMinute: 2, tokensPerDay: 10, concurrent: 1 };
    const enter = () => {
      try {
        return limits.enter(key);
      } catch (error) {
        return (error as Refusal).message;
      }
    };
    const leave = limits.enter(key);
    expect(enter()).toContain('1 requests at a time');
    leave();
    leave();
    (enter() as () => void)();
    expect(enter()).toContain('2 requests a minute');
    now += 60_001;
    limits.used(key.name, 10);
    expect(enter()).toContain('10 tokens a day');
    now += 86_400_000;
    expect(enter()).toBeTypeOf('function');
  });

  test('have a file with hashes only, and an error names the wrong field', () => {
    const file = JSON.stringify({ keys: [ada.entry, bob.entry] });
    expect(file).not.toContain(ada.key);
    expect(keyOf(parseKeys(file), bob.key)?.name).toBe('bob');
    expect(keyOf(parseKeys(file), 'x')).toBeUndefined();
    const wrong = (value: unknown) => () => parseKeys(JSON.stringify(value));
    expect(wrong({ keys: [{ ...ada.entry, sha256: 'x' }] })).toThrow(/^keys\[0\]\.sha256: /);
    expect(wrong({ keys: [{ ...ada.entry, tokensPerDay: 0 }] })).toThrow(/^keys\[0\]\.tokensPerDay: /);
    expect(wrong({ keys: [ada.entry, ada.entry] })).toThrow('two keys "ada"');
    expect(() => parseKeys('{')).toThrow(/^it is not JSON/);
  });
});
