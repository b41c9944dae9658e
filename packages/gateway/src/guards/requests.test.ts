// Requests that are not valid HTTP or JSON, are too large, or break off.
import { describe, expect, test } from 'vitest';
import { end, running, ScriptedBackend, until } from '../scripted-backend.test-support.js';
import type { LogLine } from './guard.js';
import { chat, guarded, raw, send } from './guarded.test-support.js';

const isFull = process.env.LLAMA_CANISTER_TEST === 'full';
const { lines, at } = guarded();

describe('bodies', () => {
  const paths = ['/v1/chat/completions', '/v1/responses', '/v1/messages', '/api/chat'];

  test.each(paths)('%s: invalid JSON', async (path) => {
    for (const body of ['', '{', '[]', 'null', '"x"', '{"a":NaN}', '[['.repeat(5_000), '\u0000']) {
      const answer = await send(at.open, path, { body });
      expect([body, answer.status]).toEqual([body, 400]);
      expect(JSON.stringify(await answer.json())).toMatch(/body|JSON/);
    }
    const nested = `{"model":"tiny-chat","messages":${'['.repeat(50_000)}${']'.repeat(50_000)}}`;
    expect((await send(at.open, path, { body: nested })).status).toBe(400);
    const notUtf8 = await send(at.open, path, { body: new Uint8Array([0x7b, 0xff, 0x7d]) });
    expect([notUtf8.status, await notUtf8.text()]).toEqual([400, expect.stringContaining('UTF-8')]);
  });

  test.each(paths)('%s: a number that is too large to represent', async (path) => {
    for (const body of [
      '{"max_tokens":1e400}',
      '{"a":[{"b":-1e999}]}',
      '{"response_format":{"schema":{"maximum":1e309}}}',
    ]) {
      const answer = await send(at.open, path, { body });
      expect([answer.status, await answer.text()]).toEqual([400, expect.stringContaining('this number is too large')]);
    }
  });

  test.each(paths)('%s: another content type', async (path) => {
    const answer = await send(at.open, path, { headers: { 'content-type': 'text/plain' } });
    expect(answer.status).toBe(415);
    const packed = await send(at.open, path, { headers: { 'content-encoding': 'gzip' } });
    expect(packed.status).toBe(415);
  });

  test.each(isFull ? paths : paths.slice(0, 1))('%s: 50 MB', async (path) => {
    const answer = await send(at.open, path, { body: 'x'.repeat(50_000_000) });
    expect([answer.status, await answer.text()]).toEqual([413, expect.stringContaining('larger than 1000000 bytes')]);
    // The rest is read and dropped, because a client whose connection is cut while it sends does not see the answer.
    expect(answer.headers.get('connection')).toBe('keep-alive');
    // The same connection can be used again.
    for (let time = 0; time < 3; time++) {
      await new Promise((resolve) => setTimeout(resolve, 300));
      expect((await send(at.open, '/health', { method: 'GET' })).status).toBe(200);
    }
  });

  test('too large, without a stated length', async () => {
    const piece = new Uint8Array(100_000);
    let sent = 0;
    const body = new ReadableStream({
      pull: (controller) => (sent++ < 20 ? controller.enqueue(piece) : controller.close()),
    });
    const answer = await fetch(`${at.open.url}/v1/chat/completions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
      duplex: 'half',
    } as RequestInit);
    expect([answer.status, answer.headers.get('connection')]).toEqual([413, 'close']);
    expect((await send(at.open, '/health', { method: 'GET' })).status).toBe(200);
  });
});

describe('invalid HTTP', () => {
  test.each([
    ['two lengths', 'content-length: 2\r\ncontent-length: 3\r\n'],
    ['a length and chunks', 'content-length: 2\r\ntransfer-encoding: chunked\r\n'],
    ['a header over lines', 'x-a: b\r\n c: d\r\n'],
    ['a header without a name', ': x\r\n'],
    ['a blank in front of the colon', 'transfer-encoding : chunked\r\n'],
    ['an encoding that is unknown', 'transfer-encoding: xchunked\r\n'],
    ['headers without end', `x: ${'y'.repeat(100_000)}\r\n`],
  ])('%s', async (_, headers) => {
    const answer = await raw(at.open, `POST /v1/models HTTP/1.1\r\nhost: localhost\r\n${headers}\r\n{}`);
    expect(answer).toMatch(/^HTTP\/1.1 (4\d\d|501) /);
    expect(answer.match(/HTTP\/1.1/g)).toHaveLength(1);
    const body = answer.split('\r\n\r\n')[1]!;
    expect(JSON.parse(body.slice(body.indexOf('{'), body.lastIndexOf('}') + 1)).error).toBeDefined();
  });

  test('a header cannot be made into two', async () => {
    const answer = await send(at.open, '/v1/chat/completions', {
      body: JSON.stringify({ ...JSON.parse(chat), 'x\r\nset-cookie: a=b\u1234': 1 }),
    });
    expect(answer.headers.get('llama-ignored')).toBe('x??set-cookie: a=b?');
    expect(answer.headers.has('set-cookie')).toBe(false);
  });
});

test.each([
  ['GET http://evil.example/health HTTP/1.1\r\nhost: localhost', 400, 'is no path of this server'],
  ['OPTIONS * HTTP/1.1\r\nhost: localhost', 400, 'is no path of this server'],
  ['GET /health HTTP/1.1\r\nhost: localhost, evil.example', 400, 'is not a single host'],
  ['GET /health HTTP/1.1\r\nhost: localhost/evil.example', 400, 'is not a single host'],
  ['CONNECT example.org:443 HTTP/1.1\r\nhost: localhost', 405, 'this server is no proxy'],
  ['GET /health HTTP/1.1', 400, 'there is no host header'],
  [
    'POST /tokenize HTTP/1.1\r\nhost: localhost\r\ntransfer-encoding: gzip, chunked',
    501,
    'gzip, chunked is not supported',
  ],
  ['POST /tokenize HTTP/1.1\r\nhost: localhost\r\ncontent-length: 2\r\nexpect: magic', 417, 'expect: magic'],
  ['BREW /health HTTP/1.1\r\nhost: localhost', 400, 'this is not valid HTTP'],
  ['TRACE /health HTTP/1.1\r\nhost: localhost', 405, '/health is for GET, not for TRACE'],
])('%s', async (head, status, why) => {
  const answer = await raw(at.open, `${head}\r\n\r\n`);
  expect([answer, answer.match(/HTTP\/1\.1/g)!.length]).toEqual([expect.stringMatching(`^HTTP/1.1 ${status} `), 1]);
  expect(answer).toContain(why);
});

test('a path in absolute form is the same path', async () => {
  expect(await raw(at.open, 'GET http://localhost/health HTTP/1.1\r\nhost: localhost\r\n\r\n')).toMatch(
    /^HTTP\/1.1 200 /,
  );
});

test.each([
  ['a chunk without a length', 'zz\r\nhello\r\n'],
  ['a body that ends too soon', '5\r\nhel'],
])('%s is not logged as our failure', async (_, body) => {
  lines.length = 0;
  const head = 'host: localhost\r\ncontent-type: application/json\r\ntransfer-encoding: chunked';
  await raw(at.open, `POST /v1/chat/completions HTTP/1.1\r\n${head}\r\n\r\n${body}`);
  await until(() => lines.length > 0);
  expect(lines).toMatchObject([{ status: 400, error: 'the body ended before it was complete' }]);
});

test('a client that went away is not logged as our failure', async () => {
  const seen: LogLine[] = [];
  const slow = new ScriptedBackend([500, end()]);
  const { url: at, listening } = await running({ backend: slow, log: (line) => seen.push(line) });
  const gone = new AbortController();
  const options = { method: 'POST', headers: { 'content-type': 'application/json' }, body: chat, signal: gone.signal };
  const answer = fetch(`${at}/v1/chat/completions`, options).catch(() => {});
  await until(() => slow.asked.length === 1);
  gone.abort();
  await answer;
  await until(() => seen.length > 0);
  expect(seen[0]).toMatchObject({ status: 499 });
  await listening.close(0);
});
