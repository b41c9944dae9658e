// What the gateway lets in, and how it refuses the rest: each interface in its own shape.
import { describe, expect, test } from 'vitest';
import { createGateway } from '../app.js';
import type { Model } from '../backend.js';
import { Refusal } from '../refusal.js';
import { end, ScriptedBackend, text, until } from '../scripted-backend.test-support.js';
import { listen } from '../server.js';
import type { LogLine } from './guard.js';
import { chat, get, guarded, send } from './guarded.test-support.js';

const { backend, lines, ada, at } = guarded();

describe('names and origins', () => {
  test.each([
    ['localhost:80', 200],
    ['127.0.0.1', 200],
    ['[::1]:8080', 200],
    ['localhost.', 200],
    ['localhost.:8080', 200],
    ['localhost..', 403],
    ['.', 403],
    ['localhost.evil.example.', 403],
    ['evil.example', 403],
    ['127.0.0.1.evil.example', 403],
    ['localhost.evil.example', 403],
    ['', 400],
    ['example.org', 403],
  ])('host "%s": %i', async (host, status) => {
    const answer = await get(at.open, '/v1/models', `host: ${host}\r\n`);
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    if (status === 403) expect(answer).toContain('"code":"host_not_allowed"');
  });

  test('a name that is allowed', async () => {
    const headers = `host: example.org:8080\r\nauthorization: Bearer ${ada.key}\r\n`;
    expect(await get(at.locked, '/v1/models', headers)).toMatch(/^HTTP\/1.1 200 /);
  });

  test('pages of other origins', async () => {
    const evil = await send(at.open, '/api/chat', { headers: { origin: 'https://evil.example' } });
    expect([evil.status, await evil.json()]).toEqual([403, { error: expect.stringContaining('evil.example') }]);
    expect(evil.headers.has('access-control-allow-origin')).toBe(false);
    for (const origin of ['null', 'http://localhost:1234', 'http://127.0.0.1']) {
      expect((await send(at.open, '/v1/models', { method: 'GET', headers: { origin } })).status).toBe(403);
    }
    const own = await send(at.open, '/v1/models', { method: 'GET', headers: { origin: at.open.url } });
    expect(own.status).toBe(200);
  });

  test.each([
    ['hosts', 'example.org:8080', 'it has no port: "example.org"'],
    ['hosts', 'https://example.org', 'a name is like'],
    ['hosts', 'Example.org', '"example.org"'],
    ['hosts', 'example.org.', 'browsers write it as "example.org"'],
    ['hosts', '', 'a name is like'],
    ['origins', 'foo', 'an origin is like'],
    ['origins', 'page.example', 'an origin is like'],
    ['origins', 'https://page.example/', 'browsers write it as "https://page.example"'],
    ['origins', 'https://page.example:443', 'browsers write it as "https://page.example"'],
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

  test('a page of an allowed origin is told so, in the preflight and in the answer', async () => {
    const headers = {
      'access-control-request-private-network': 'true',
      origin: 'https://page.example',
      'access-control-request-headers': 'authorization, x-stainless-os',
    };
    const asked = await send(at.locked, '/v1/chat/completions', { method: 'OPTIONS', headers });
    expect([asked.status, asked.headers.get('access-control-allow-origin')]).toEqual([204, 'https://page.example']);
    expect(asked.headers.get('access-control-allow-headers')).toBe('authorization, x-stainless-os');
    expect(asked.headers.get('access-control-allow-private-network')).toBe('true');
    const answer = await send(at.locked, '/v1/chat/completions', {
      headers: { origin: 'https://page.example', authorization: `Bearer ${ada.key}` },
    });
    expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([200, 'https://page.example']);
    // The page has to be able to read that its key is wrong.
    const refused = await send(at.locked, '/v1/chat/completions', { headers: { origin: 'https://page.example' } });
    expect([refused.status, refused.headers.get('access-control-allow-origin')]).toEqual([401, 'https://page.example']);
  });
});

test('health is reported at once, whatever the canister does', async () => {
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

test('paths and methods that do not exist', async () => {
  const nothing = await send(at.open, '/v1/nothing');
  expect([nothing.status, (await nothing.json()).error]).toEqual([
    404,
    expect.objectContaining({ code: 'unknown_url' }),
  ]);
  const wrong = await send(at.open, '/v1/chat/completions', { method: 'GET' });
  expect(wrong.headers.get('allow')).toBe('POST');
  expect([wrong.status, (await wrong.json()).error.message]).toEqual([
    405,
    '/v1/chat/completions is for POST, not for GET',
  ]);
  expect((await send(at.open, '/api/nothing')).status).toBe(404);
});

test.each([
  ['/v1/embeddings', 501],
  ['/api/embed', 501],
])('%s says that there is no such method', async (path, status) => {
  const answer = await send(at.open, path);
  expect([answer.status, await answer.text()]).toEqual([status, expect.stringContaining('the canister has no method')]);
});

test('tokens of texts, and texts of tokens', async () => {
  const post = async (path: string, body: object) => {
    const answer = await send(at.open, path, { body: JSON.stringify(body) });
    return [answer.status, await answer.json()];
  };
  expect(await post('/tokenize', { content: 'aé' })).toEqual([200, { tokens: [97, 233] }]);
  expect(await post('/tokenize', { content: 'a', add_special: true })).toEqual([200, { tokens: [1, 97] }]);
  expect(await post('/detokenize', { tokens: [97, 233] })).toEqual([200, { content: 'aé' }]);
  const refused = (message: string, code = 400) => [code, { error: expect.objectContaining({ code, message }) }];
  expect(await post('/tokenize', {})).toEqual(refused('content: expected string or array, got nothing'));
  expect(await post('/tokenize', { content: 'a', with_pieces: true })).toEqual(
    refused('with_pieces: the canister returns only the numbers of tokens', 501),
  );
  expect(await post('/detokenize', { tokens: [-1] })).toEqual(refused(expect.stringMatching(/^tokens\[0\]: /)));
  expect(await post('/detokenize', { tokens: [1], model: 'none' })).toEqual(
    refused(expect.stringContaining('there is no model "none"'), 404),
  );
});

test('health, properties, templates, metrics', async () => {
  const ask = (path: string) => send(at.open, path, { method: 'GET' });
  expect(await (await ask('/health')).json()).toEqual({ status: 'ok' });
  expect(await (await ask('/props')).json()).toMatchObject({
    default_generation_settings: { n_ctx: 512 },
    model_alias: 'tiny-chat',
  });
  const rendered = await send(at.open, '/apply-template', { body: '{"messages":[{"role":"user","content":"x"}]}' });
  expect((await rendered.json()).prompt).toContain('"content":"x"');
  const metrics = await (await ask('/metrics')).text();
  expect(metrics).toMatch(/^llama_gateway_requests_total\{route="\/health",status="200"\} [1-9]\d*$/m);
  expect(metrics).toMatch(/^llama_gateway_model_ready\{model="tiny-chat"\} 1$/m);
});

test('the log has each request with the name of its key, and prompts only if they are asked for', async () => {
  lines.length = 0;
  const answer = await send(at.open, '/v1/chat/completions');
  await send(at.open, '/v1/nothing');
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

describe('when the gateway ends', () => {
  test('open answers are finished, and nothing new is accepted', async () => {
    const slow = new ScriptedBackend([text('a'), 300, text('b'), end()]);
    const listening = await listen(createGateway({ backend: slow }), '127.0.0.1', 0);
    const url = `http://127.0.0.1:${listening.port}/v1/chat/completions`;
    const options = { method: 'POST', headers: { 'content-type': 'application/json' }, body: chat };
    const answer = fetch(url, options);
    await until(() => slow.asked.length === 1);
    const closed = listening.close(5_000);
    await expect(fetch(url, options)).rejects.toThrow();
    expect((await (await answer).json()).choices[0].message.content).toBe('ab');
    // Closing does not wait for a connection that is only kept alive.
    const ended = Date.now();
    await closed;
    expect(Date.now() - ended).toBeLessThan(2_000);
  });

  test.each([true, false])('answers that take longer than the grace are cancelled (a stream: %s)', async (stream) => {
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

test('an unforeseen error tells the client nothing of the inside, and is logged', async () => {
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
