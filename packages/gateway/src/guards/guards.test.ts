// What the gateway lets in, and what it answers to what it does not: each interface in its own shape.
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createGateway } from '../app.js';
import type { Model } from '../backend.js';
import { Refusal } from '../refusal.js';
import { end, type Running, running, ScriptedBackend, text, until } from '../scripted-backend.test-support.js';
import { listen } from '../server.js';
import type { LogLine } from './guard.js';
import { keyOf, newKey, parseKeys } from './keys.js';
import { Limits } from './limits.js';

const backend = new ScriptedBackend([text('Hello'), end()]);
const lines: LogLine[] = [];
const ada = newKey('ada');
const bob = newKey('bob');
let open: Running;
let locked: Running;
beforeAll(async () => {
  open = await running({ backend, log: (line) => lines.push(line), maxBodyBytes: 1_000_000, pingMs: 50 });
  locked = await running({
    backend,
    keys: [ada.entry, { ...bob.entry, concurrent: 1, requestsPerMinute: 4 }],
    places: { hosts: ['example.org'], origins: ['https://page.example'] },
  });
});
afterAll(() => Promise.all([open.listening.close(0), locked.listening.close(0)]));

const chat = JSON.stringify({ model: 'tiny-chat', messages: [{ role: 'user', content: 'secret' }] });

/** A request as bytes, because clients do not send what is wrong; the whole answer. */
function raw(to: Running, request: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(to.listening.port, '127.0.0.1', () => socket.write(request));
    let answer = '';
    socket.on('data', (bytes) => {
      answer += bytes;
    });
    socket.on('close', () => resolve(answer));
    socket.on('error', reject);
    setTimeout(() => socket.end(), 300).unref();
  });
}

const get = (to: Running, path: string, headers: string): Promise<string> =>
  raw(to, `GET ${path} HTTP/1.1\r\n${headers}connection: close\r\n\r\n`);

interface Sent {
  body?: BodyInit;
  headers?: Record<string, string>;
  method?: string;
}

const send = (
  to: Running,
  path: string,
  { body = chat, headers = {}, method = 'POST' }: Sent = {},
): Promise<Response> =>
  fetch(to.url + path, {
    method,
    headers: { 'content-type': 'application/json', ...headers },
    ...(method === 'GET' || method === 'OPTIONS' ? {} : { body }),
  });

describe('names and origins', () => {
  test.each([
    ['localhost:80', 200],
    ['127.0.0.1', 200],
    ['[::1]:8080', 200],
    ['evil.example', 403],
    ['127.0.0.1.evil.example', 403],
    ['localhost.evil.example', 403],
    ['', 403],
    ['example.org', 403],
  ])('host "%s": %i', async (host, status) => {
    const answer = await get(open, '/v1/models', `host: ${host}\r\n`);
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    if (status === 403) expect(answer).toContain('"code":"host_not_allowed"');
  });

  test('a name that is allowed', async () => {
    const headers = `host: example.org:8080\r\nauthorization: Bearer ${ada.key}\r\n`;
    expect(await get(locked, '/v1/models', headers)).toMatch(/^HTTP\/1.1 200 /);
  });

  test('pages of other origins', async () => {
    const evil = await send(open, '/api/chat', { headers: { origin: 'https://evil.example' } });
    expect([evil.status, await evil.json()]).toEqual([403, { error: expect.stringContaining('evil.example') }]);
    expect(evil.headers.has('access-control-allow-origin')).toBe(false);
    for (const origin of ['null', 'http://localhost:1234', 'http://127.0.0.1']) {
      expect((await send(open, '/v1/models', { method: 'GET', headers: { origin } })).status).toBe(403);
    }
    const own = await send(open, '/v1/models', { method: 'GET', headers: { origin: open.url } });
    expect(own.status).toBe(200);
  });

  test.each([
    ['hosts', 'example.org:8080', 'it goes without a port: "example.org"'],
    ['hosts', 'https://example.org', 'a name is like'],
    ['hosts', 'Example.org', '"example.org"'],
    ['hosts', '', 'a name is like'],
    ['origins', 'foo', 'an origin is like'],
    ['origins', 'page.example', 'an origin is like'],
    ['origins', 'https://page.example/', 'browsers say it as "https://page.example"'],
    ['origins', 'https://page.example:443', 'browsers say it as "https://page.example"'],
    ['origins', 'http://a@b', 'an origin is like'],
    ['origins', '', 'an origin is like'],
  ] as const)('%s: "%s" would allow nothing, and is refused', (kind, given, why) => {
    const places = { hosts: [], origins: [], [kind]: [given] };
    expect(() => createGateway({ backend, places })).toThrow(why);
  });

  test.each(['*', 'https://page.example', 'http://localhost:5173', 'chrome-extension://abcdef'])(
    'the origin %s can be allowed',
    (origin) => {
      expect(() => createGateway({ backend, places: { hosts: ['*', '[::1]'], origins: [origin] } })).not.toThrow();
    },
  );

  test('an origin that is allowed is told so, before it asks and in the answer', async () => {
    const headers = {
      'access-control-request-private-network': 'true',
      origin: 'https://page.example',
      'access-control-request-headers': 'authorization, x-stainless-os',
    };
    const asked = await send(locked, '/v1/chat/completions', { method: 'OPTIONS', headers });
    expect([asked.status, asked.headers.get('access-control-allow-origin')]).toEqual([204, 'https://page.example']);
    expect(asked.headers.get('access-control-allow-headers')).toBe('authorization, x-stainless-os');
    expect(asked.headers.get('access-control-allow-private-network')).toBe('true');
    const answer = await send(locked, '/v1/chat/completions', {
      headers: { origin: 'https://page.example', authorization: `Bearer ${ada.key}` },
    });
    expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([200, 'https://page.example']);
    // So that a page can see that its key is wrong.
    const refused = await send(locked, '/v1/chat/completions', { headers: { origin: 'https://page.example' } });
    expect([refused.status, refused.headers.get('access-control-allow-origin')]).toEqual([401, 'https://page.example']);
  });
});

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
      const answer = await send(locked, path, { headers });
      expect([answer.status, answer.headers.get('www-authenticate')]).toEqual([401, 'Bearer']);
      expect(await answer.json()).toMatchObject(shape);
    }
  });

  test('each way to show one', async () => {
    for (const headers of [{ authorization: `bearer ${ada.key}` }, { 'x-api-key': ada.key }] as Record<
      string,
      string
    >[]) {
      expect((await send(locked, '/v1/chat/completions', { headers })).status).toBe(200);
    }
    expect((await send(locked, '/health', { method: 'GET' })).status).toBe(200);
  });

  test('a stream is not for another key', async () => {
    const headers = { authorization: `Bearer ${ada.key}`, 'llama-keep': '1' };
    const body = JSON.stringify({ ...JSON.parse(chat), stream: true });
    const answer = await send(locked, '/v1/chat/completions', { headers, body });
    const id = answer.headers.get('llama-stream')!;
    await answer.text();
    const again = (key: string) =>
      send(locked, `/v1/streams/${id}`, { method: 'GET', headers: { authorization: `Bearer ${key}` } });
    expect([(await again(ada.key)).status, (await again(bob.key)).status]).toEqual([200, 404]);
  });

  test('the limits of one, in the shape of each interface', async () => {
    const headers = { authorization: `Bearer ${bob.key}` };
    const statuses: number[] = [];
    let last: Response;
    do {
      last = await send(locked, '/v1/chat/completions', { headers });
      statuses.push(last.status);
      if (last.status === 200) await last.text();
    } while (last.status === 200 && statuses.length < 9);
    expect(last.status).toBe(429);
    expect(Number(last.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await last.json()).error).toMatchObject({ type: 'rate_limit_error', code: 'rate_limit_exceeded' });
    const other = await send(locked, '/v1/messages', { headers });
    expect(await other.json()).toMatchObject({ error: { type: 'rate_limit_error' } });
  });

  test('limits are counted by minute and day', () => {
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

  test('their file has hashes, and says which field is wrong', () => {
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

describe('bodies', () => {
  const paths = ['/v1/chat/completions', '/v1/responses', '/v1/messages', '/api/chat'];

  test.each(paths)('%s: what is no JSON', async (path) => {
    for (const body of ['', '{', '[]', 'null', '"x"', '{"a":NaN}', '[['.repeat(5_000), '\u0000']) {
      const answer = await send(open, path, { body });
      expect([body, answer.status]).toEqual([body, 400]);
      expect(JSON.stringify(await answer.json())).toMatch(/body|JSON/);
    }
    const nested = `{"model":"tiny-chat","messages":${'['.repeat(50_000)}${']'.repeat(50_000)}}`;
    expect((await send(open, path, { body: nested })).status).toBe(400);
    const notUtf8 = await send(open, path, { body: new Uint8Array([0x7b, 0xff, 0x7d]) });
    expect([notUtf8.status, await notUtf8.text()]).toEqual([400, expect.stringContaining('UTF-8')]);
  });

  test.each(paths)('%s: of another type', async (path) => {
    const answer = await send(open, path, { headers: { 'content-type': 'text/plain' } });
    expect(answer.status).toBe(415);
    const packed = await send(open, path, { headers: { 'content-encoding': 'gzip' } });
    expect(packed.status).toBe(415);
  });

  test.each(paths)('%s: 50 MB', async (path) => {
    const answer = await send(open, path, { body: 'x'.repeat(50_000_000) });
    expect([answer.status, await answer.text()]).toEqual([413, expect.stringContaining('larger than 1000000 bytes')]);
    // The rest is read and dropped: who is cut off while sending does not see the answer.
    expect(answer.headers.get('connection')).toBe('keep-alive');
  });

  test('too large without saying so', async () => {
    const piece = new Uint8Array(100_000);
    let sent = 0;
    const body = new ReadableStream({
      pull: (controller) => (sent++ < 20 ? controller.enqueue(piece) : controller.close()),
    });
    const answer = await fetch(`${open.url}/v1/chat/completions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
      duplex: 'half',
    } as RequestInit);
    expect(answer.status).toBe(413);
  });
});

describe('what is no HTTP as it has to be', () => {
  test.each([
    ['two lengths', 'content-length: 2\r\ncontent-length: 3\r\n'],
    ['a length and chunks', 'content-length: 2\r\ntransfer-encoding: chunked\r\n'],
    ['a header over lines', 'x-a: b\r\n c: d\r\n'],
    ['a header without a name', ': x\r\n'],
    ['a blank in front of the colon', 'transfer-encoding : chunked\r\n'],
    ['an encoding that is unknown', 'transfer-encoding: xchunked\r\n'],
    ['headers without end', `x: ${'y'.repeat(100_000)}\r\n`],
  ])('%s', async (_, headers) => {
    const answer = await raw(open, `POST /v1/models HTTP/1.1\r\nhost: localhost\r\n${headers}\r\n{}`);
    expect(answer).toMatch(/^HTTP\/1.1 (4\d\d|501) /);
    expect(answer.match(/HTTP\/1.1/g)).toHaveLength(1);
    const body = answer.split('\r\n\r\n')[1]!;
    expect(JSON.parse(body.slice(body.indexOf('{'), body.lastIndexOf('}') + 1)).error).toBeDefined();
  });

  test('a header does not become two', async () => {
    const answer = await send(open, '/v1/chat/completions', {
      body: JSON.stringify({ ...JSON.parse(chat), 'x\r\nset-cookie: a=b\u1234': 1 }),
    });
    expect(answer.headers.get('llama-ignored')).toBe('x??set-cookie: a=b?');
    expect(answer.headers.has('set-cookie')).toBe(false);
  });
});

test.each([
  ['GET http://evil.example/health HTTP/1.1\r\nhost: localhost', 400, 'is no path of this server'],
  ['OPTIONS * HTTP/1.1\r\nhost: localhost', 400, 'is no path of this server'],
  ['CONNECT example.org:443 HTTP/1.1\r\nhost: localhost', 405, 'this server is no proxy'],
  ['GET /health HTTP/1.1', 400, 'there is no host header'],
  ['POST /tokenize HTTP/1.1\r\nhost: localhost\r\ntransfer-encoding: gzip, chunked', 501, 'gzip, chunked is not taken'],
  ['POST /tokenize HTTP/1.1\r\nhost: localhost\r\ncontent-length: 2\r\nexpect: magic', 417, 'expect: magic'],
  ['BREW /health HTTP/1.1\r\nhost: localhost', 400, 'this is not HTTP'],
  ['TRACE /health HTTP/1.1\r\nhost: localhost', 405, '/health is for GET, not for TRACE'],
])('%s', async (head, status, why) => {
  const answer = await raw(open, `${head}\r\n\r\n`);
  expect([answer, answer.match(/HTTP\/1\.1/g)!.length]).toEqual([expect.stringMatching(`^HTTP/1.1 ${status} `), 1]);
  expect(answer).toContain(why);
});

test('a path that is meant whole is the same path', async () => {
  expect(await raw(open, 'GET http://localhost/health HTTP/1.1\r\nhost: localhost\r\n\r\n')).toMatch(/^HTTP\/1.1 200 /);
});

test.each([
  ['a chunk without a length', 'zz\r\nhello\r\n'],
  ['a body that ends too soon', '5\r\nhel'],
])('%s is not our failure', async (_, body) => {
  lines.length = 0;
  const head = 'host: localhost\r\ncontent-type: application/json\r\ntransfer-encoding: chunked';
  await raw(open, `POST /v1/chat/completions HTTP/1.1\r\n${head}\r\n\r\n${body}`);
  await until(() => lines.length > 0);
  expect(lines).toMatchObject([{ status: 400, error: 'the body broke off before it was whole' }]);
});

test('health is told at once, whatever the canister does', async () => {
  const slow = new ScriptedBackend([end()]);
  let models: () => Promise<Model[]> = () => new Promise(() => {});
  slow.models = () => models();
  const gateway = createGateway({ backend: slow });
  const at = async (path: string) => {
    const began = performance.now();
    const answer = await gateway.fetch(new Request(`http://localhost${path}`, { headers: { host: 'localhost' } }));
    return [answer.status, performance.now() - began < 2_000];
  };
  expect(await at('/health')).toEqual([503, true]);
  expect(await at('/metrics')).toEqual([200, true]);
  models = () => Promise.reject(new Refusal('unreachable', 'the network is down'));
  const other = new ScriptedBackend([end()]);
  other.models = () => models();
  const away = createGateway({ backend: other });
  const health = () => away.fetch(new Request('http://localhost/health', { headers: { host: 'localhost' } }));
  const refused = await health();
  expect([refused.status, (await refused.json()).error]).toEqual([
    503,
    { code: 503, message: 'the network is down', type: 'unavailable_error' },
  ]);
  expect(refused.headers.get('retry-after')).toBe('5');
});

test('who went away is no failure of ours', async () => {
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

test('paths and methods that there are not', async () => {
  const nothing = await send(open, '/v1/nothing');
  expect([nothing.status, (await nothing.json()).error]).toEqual([
    404,
    expect.objectContaining({ code: 'unknown_url' }),
  ]);
  const wrong = await send(open, '/v1/chat/completions', { method: 'GET' });
  expect(wrong.headers.get('allow')).toBe('POST');
  expect([wrong.status, (await wrong.json()).error.message]).toEqual([
    405,
    '/v1/chat/completions is for POST, not for GET',
  ]);
  expect((await send(open, '/api/nothing')).status).toBe(404);
});

test.each([
  ['/v1/embeddings', 501],
  ['/api/embed', 501],
])('%s says that there is no such method', async (path, status) => {
  const answer = await send(open, path);
  expect([answer.status, await answer.text()]).toEqual([status, expect.stringContaining('the canister has no method')]);
});

test('tokens of texts, and texts of tokens', async () => {
  const post = async (path: string, body: object) => {
    const answer = await send(open, path, { body: JSON.stringify(body) });
    return [answer.status, await answer.json()];
  };
  expect(await post('/tokenize', { content: 'aé' })).toEqual([200, { tokens: [97, 233] }]);
  expect(await post('/tokenize', { content: 'a', add_special: true })).toEqual([200, { tokens: [1, 97] }]);
  expect(await post('/detokenize', { tokens: [97, 233] })).toEqual([200, { content: 'aé' }]);
  const refused = (message: string, code = 400) => [code, { error: expect.objectContaining({ code, message }) }];
  expect(await post('/tokenize', {})).toEqual(refused('content: expected string or array, got nothing'));
  expect(await post('/tokenize', { content: 'a', with_pieces: true })).toEqual(
    refused('with_pieces: the canister gives the numbers of tokens only', 501),
  );
  expect(await post('/detokenize', { tokens: [-1] })).toEqual(refused(expect.stringMatching(/^tokens\[0\]: /)));
  expect(await post('/detokenize', { tokens: [1], model: 'none' })).toEqual(
    refused(expect.stringContaining('there is no model "none"'), 404),
  );
});

test('health, properties, templates, metrics', async () => {
  const at = (path: string) => send(open, path, { method: 'GET' });
  expect(await (await at('/health')).json()).toEqual({ status: 'ok' });
  expect(await (await at('/props')).json()).toMatchObject({
    default_generation_settings: { n_ctx: 512 },
    model_alias: 'tiny-chat',
  });
  const rendered = await send(open, '/apply-template', { body: '{"messages":[{"role":"user","content":"x"}]}' });
  expect((await rendered.json()).prompt).toContain('"content":"x"');
  const metrics = await (await at('/metrics')).text();
  expect(metrics).toMatch(/^llama_gateway_requests_total\{route="\/health",status="200"\} [1-9]\d*$/m);
  expect(metrics).toMatch(/^llama_gateway_model_ready\{model="tiny-chat"\} 1$/m);
});

test('a log has what was asked, by whom, and nothing of what was said', async () => {
  lines.length = 0;
  const answer = await send(open, '/v1/chat/completions');
  await send(open, '/v1/nothing');
  expect(lines).toMatchObject([
    {
      id: answer.headers.get('x-request-id'),
      method: 'POST',
      path: '/v1/chat/completions',
      status: 200,
      key: 'anybody',
    },
    { status: 404, error: expect.any(String) },
  ]);
  expect(JSON.stringify(lines)).not.toContain('secret');
  const telling: LogLine[] = [];
  const gateway = createGateway({ backend, log: (line) => telling.push(line), logPrompts: true });
  const headers = { host: 'localhost', 'content-type': 'application/json' };
  await gateway.fetch(new Request('http://localhost/v1/chat/completions', { method: 'POST', headers, body: chat }));
  expect(telling[0]!.prompt).toContain('secret');
});

describe('the end', () => {
  test('what is being answered is finished, nothing new is taken', async () => {
    const slow = new ScriptedBackend([text('a'), 300, text('b'), end()]);
    const listening = await listen(createGateway({ backend: slow }), '127.0.0.1', 0);
    const url = `http://127.0.0.1:${listening.port}/v1/chat/completions`;
    const options = { method: 'POST', headers: { 'content-type': 'application/json' }, body: chat };
    const answer = fetch(url, options);
    await until(() => slow.asked.length === 1);
    const closed = listening.close(5_000);
    await expect(fetch(url, options)).rejects.toThrow();
    expect((await (await answer).json()).choices[0].message.content).toBe('ab');
    // A connection that is kept for more is not waited for.
    const ended = Date.now();
    await closed;
    expect(Date.now() - ended).toBeLessThan(2_000);
  });

  test.each([true, false])('what takes longer than it may is cancelled (a stream: %s)', async (stream) => {
    const slow = new ScriptedBackend([text('a'), 60_000, text('b'), end()]);
    const listening = await listen(createGateway({ backend: slow }), '127.0.0.1', 0);
    const body = JSON.stringify({ ...JSON.parse(chat), stream });
    const answering = fetch(`http://127.0.0.1:${listening.port}/v1/chat/completions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
    await until(() => slow.asked.length === 1);
    const closed = listening.close(50);
    const answer = await answering;
    expect(answer.status).toBe(stream ? 200 : 500);
    expect(await answer.text()).toContain('"code":"cancelled"');
    await closed;
    expect(slow.cancelled).toBe(1);
  });
});

test('an error that nobody foresaw says nothing of the inside, and goes to the log', async () => {
  const broken = new ScriptedBackend([text('x')]);
  broken.refusal = new TypeError('inner secrets');
  const seen: LogLine[] = [];
  const gateway = createGateway({ backend: broken, log: (line) => seen.push(line) });
  const answer = await gateway.fetch(
    new Request('http://localhost/v1/chat/completions', {
      method: 'POST',
      headers: { 'content-type': 'application/json', host: 'localhost' },
      body: chat,
    }),
  );
  expect([answer.status, await answer.text()]).toEqual([500, expect.not.stringContaining('inner secrets')]);
  expect(seen[0]!.error).toBe('inner secrets');
});
