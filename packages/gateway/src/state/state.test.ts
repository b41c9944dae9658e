// A gateway that ends in the middle of streams, and the one that is started after it.
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createGateway, type Gateway, type GatewayOptions } from '../app.js';
import { StoredResponses } from '../faces/openai/responses/stored.js';
import { newKey } from '../guards/keys.js';
import { call, end, ScriptedBackend, text, thinking, token, until } from '../scripted-backend.test-support.js';
import { State } from './state.js';

let state: string;
let gateways: Gateway[] = [];
beforeEach(() => {
  state = mkdtempSync(join(tmpdir(), 'gateway-state-'));
});
afterEach(() => {
  for (const each of gateways) each.close();
  gateways = [];
  rmSync(state, { recursive: true, force: true });
});

function gateway(backend: ScriptedBackend, options: Partial<GatewayOptions> = {}): Gateway {
  const made = createGateway({ backend, state, pingMs: 20, patienceMs: 500, ...options });
  gateways.push(made);
  return made;
}

async function at(on: Gateway, path: string, body?: object, headers: Record<string, string> = {}): Promise<Response> {
  const method = body === undefined ? 'GET' : 'POST';
  const sent = body === undefined ? {} : { body: JSON.stringify(body) };
  const all = { host: 'localhost', 'content-type': 'application/json', ...headers };
  return on.fetch(new Request(`http://localhost${path}`, { method, headers: all, ...sent }));
}

/** The frames of a stream of events or lines, without signs of life. */
const framesOf = (said: string): string[] => said.split('\n').filter((line) => /^(data|event|id): |^ *\{/.test(line));

const model = 'tiny-chat';
const messages = [{ role: 'user', content: 'my secret question' }];
const long = [thinking('Hm'), text('Hel'), token('Hel', -1), text('lo'), ...call(0, 'look', '{"a"', ':1}')];

describe.each([
  ['/v1/chat/completions', { messages, stream_options: { include_usage: true } }],
  ['/v1/completions', { prompt: 'my secret question' }],
  ['/v1/messages', { messages, max_tokens: 9 }],
  ['/v1/responses', { input: 'my secret question', instructions: 'a secret, too' }],
  ['/api/chat', { messages }],
  ['/api/generate', { prompt: 'my secret question' }],
])('%s', (path, fields) => {
  test('a stream is resumed by the next gateway, with the same numbers', async () => {
    const backend = new ScriptedBackend([...long, 60_000, text('late'), end('tool-calls')]);
    const first = await at(gateway(backend), path, { model, stream: true, ...fields }, { 'llama-keep': '1' });
    const id = first.headers.get('llama-stream')!;
    const accept: Record<string, string> = path.startsWith('/api') ? { accept: 'application/x-ndjson' } : {};
    const whole = framesOf(await (await at(gateway(backend), `/v1/streams/${id}`, undefined, accept)).text());
    expect(whole.join('')).toContain('late');
    // As far as the first gateway came, both are the same to the byte, except for the time and for words that are not
    // kept.
    const reader = first.body!.getReader();
    let said = '';
    for (let i = 0; i < 12 && !said.includes('look'); i++)
      said += new TextDecoder().decode((await reader.read()).value);
    const before = framesOf(said);
    const timeless = (lines: string[]) =>
      lines.map((line) => line.replace(/"created_at":"[^"]*"|"instructions":("[^"]*"|null)/g, ''));
    expect(before.length).toBeGreaterThan(1);
    expect(timeless(whole.slice(0, before.length))).toEqual(timeless(before));
    if (path.startsWith('/api')) return;
    const rest = await at(gateway(backend), `/v1/streams/${id}?starting_after=1`);
    const numbered = (await rest.text()).match(/^id: \d+$/gm)!;
    expect([numbered[0], numbered.length]).toEqual([
      'id: 2',
      whole.filter((line) => line.startsWith('id: ')).length - 2,
    ]);
  });

  test('neither question nor answer is written to disk', async () => {
    const backend = new ScriptedBackend([text('Hello'), end()]);
    await (await at(gateway(backend), path, { model, stream: true, ...fields })).text();
    const folder = join(state, 'streams');
    const [file] = readdirSync(folder);
    expect(readFileSync(join(folder, file!), 'utf8')).not.toMatch(/secret|Hello/);
    expect(statSync(join(folder, file!)).mode & 0o77).toBe(0);
    expect(statSync(folder).mode & 0o77).toBe(0);
  });
});

test('a gateway that ends leaves streams going on; without a state it cancels them', async () => {
  for (const kept of [state, undefined]) {
    const backend = new ScriptedBackend([text('a'), 200, text('b'), end()]);
    const ending = gateway(backend, { state: kept });
    const answer = await at(ending, '/v1/chat/completions', { model, messages, stream: true });
    ending.close();
    expect((await answer.text()).includes('"content":"b"')).toBe(kept !== undefined);
    expect(backend.cancelled).toBe(kept === undefined ? 1 : 0);
  }
});

test('a stream of an earlier gateway can be read and cancelled with its own key only', async () => {
  const [ada, bob] = [newKey('ada'), newKey('bob')];
  const keys = [ada.entry, bob.entry];
  const backend = new ScriptedBackend([text('a'), end()]);
  const as = ({ key }: { key: string }) => ({ authorization: `Bearer ${key}` });
  const first = await at(
    gateway(backend, { keys }),
    '/v1/chat/completions',
    { model, messages, stream: true },
    as(ada),
  );
  const id = first.headers.get('llama-stream')!;
  const next = gateway(backend, { keys });
  expect((await at(next, `/v1/streams/${id}`, undefined, as(bob))).status).toBe(404);
  expect((await at(next, `/v1/streams/${id}`, undefined, as(ada))).status).toBe(200);
  expect((await at(next, '/v1/streams/..%2f..%2fx', undefined, as(ada))).status).toBe(404);
});

describe('responses', () => {
  const asked = { model, input: 'Who?', instructions: 'Be short' };

  test('can be read, but not continued without their words', async () => {
    const backend = new ScriptedBackend([text('Ada'), end()]);
    const first = await (await at(gateway(backend), '/v1/responses', asked)).json();
    const next = gateway(backend);
    const again = await (await at(next, `/v1/responses/${first.id}`)).json();
    expect(again).toMatchObject({ id: first.id, status: 'completed', output: first.output, instructions: null });
    const onward = await at(next, '/v1/responses', { model, input: 'When?', previous_response_id: first.id });
    expect([onward.status, (await onward.json()).error]).toEqual([
      400,
      expect.objectContaining({ param: 'previous_response_id', message: expect.stringContaining('was not stored') }),
    ]);
  });

  test('can be continued if their words are kept', async () => {
    const backend = new ScriptedBackend([text('Ada'), end()]);
    const first = await (await at(gateway(backend, { keepConversations: true }), '/v1/responses', asked)).json();
    const next = gateway(backend, { keepConversations: true });
    const onward = await at(next, '/v1/responses', { model, input: 'When?', previous_response_id: first.id });
    expect(onward.status).toBe(200);
    expect(backend.asked.at(-1)!.prompt).toEqual({
      messages: [
        { role: 'user', content: 'Who?' },
        { role: 'assistant', content: 'Ada' },
        { role: 'user', content: 'When?' },
      ],
    });
    expect((await at(next, `/v1/responses/${first.id}/input_items`)).status).toBe(200);
  });

  test('can be continued even if they had not ended', async () => {
    const backend = new ScriptedBackend([text('Ada'), 60_000, text(' Lovelace'), end()]);
    const options = { keepConversations: true };
    const begun = await at(gateway(backend, options), '/v1/responses', { ...asked, background: true });
    const { id, status } = await begun.json();
    expect(status).toBe('in_progress');
    const next = gateway(backend, options);
    expect((await at(next, '/v1/responses', { model, input: 'When?', previous_response_id: id })).status).toBe(200);
    expect(backend.asked.at(-1)!.prompt).toMatchObject({
      messages: [{ content: 'Who?' }, { role: 'assistant', content: 'Ada Lovelace' }, { content: 'When?' }],
    });
    const deleted = await next.fetch(
      new Request(`http://localhost/v1/responses/${id}`, { method: 'DELETE', headers: { host: 'localhost' } }),
    );
    expect(deleted.status).toBe(200);
    expect((await at(gateway(backend, options), `/v1/responses/${id}`)).status).toBe(404);
  });
});

test('a response that is deleted while it is answered is cancelled, and does not come back', async () => {
  const backend = new ScriptedBackend([text('Ada'), 60_000, text(' Lovelace'), end()]);
  const only = gateway(backend, { keepConversations: true });
  const begun = await (await at(only, '/v1/responses', { model, input: 'Who?', background: true })).json();
  const remove = new Request(`http://localhost/v1/responses/${begun.id}`, {
    method: 'DELETE',
    headers: { host: 'localhost' },
  });
  expect((await only.fetch(remove)).status).toBe(200);
  await until(() => backend.cancelled === 1);
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect((await at(only, `/v1/responses/${begun.id}`)).status).toBe(404);
  expect([readdirSync(join(state, 'responses')), readdirSync(join(state, 'streams'))]).toEqual([[], []]);
});

test('are removed from the folder, too, if they are too many', () => {
  const forgotten: string[] = [];
  const stored = new StoredResponses({
    ...{ keepResponse: () => {}, responses: () => [] },
    forgetResponse: (id: string) => void forgotten.push(id),
  });
  const response = (n: number) => ({ owner: 'x', items: [], input: [], response: { id: `r${n}` } });
  for (let n = 0; n < 1_002; n++) stored.keep(response(n));
  expect([forgotten, stored.has('r1'), stored.has('r2')]).toEqual([['r0', 'r1'], false, true]);
});

test('files that are a day old are removed while the gateway runs', () => {
  vi.useFakeTimers();
  try {
    const kept = new State(state, true);
    new StoredResponses(kept).keep({ owner: 'x', items: [], input: [], response: { id: 'r' } });
    new StoredResponses(kept).keep({ owner: 'x', items: [], input: [], response: { id: 'gone' } });
    kept.forgetResponse('gone');
    const folder = join(state, 'responses');
    writeFileSync(join(folder, 'half.json.new'), '{');
    writeFileSync(join(folder, 'broken.json.damaged'), '{');
    writeFileSync(join(folder, 'notes.txt'), "somebody else's");
    vi.advanceTimersByTime(23 * 3_600_000);
    expect(readdirSync(folder).length).toBe(4);
    vi.advanceTimersByTime(2 * 3_600_000);
    expect(readdirSync(folder)).toEqual(['notes.txt']);
    kept.close();
  } finally {
    vi.useRealTimers();
  }
});

test('old and damaged files', async () => {
  const backend = new ScriptedBackend([text('a'), end()]);
  const id = async () => {
    const answer = await at(gateway(backend), '/v1/chat/completions', { model, messages, stream: true });
    await answer.text();
    return answer.headers.get('llama-stream')!;
  };
  const [old, damaged] = [await id(), await id()];
  const file = (name: string) => join(state, 'streams', `${name}.json`);
  utimesSync(file(old), 1, 1);
  writeFileSync(file(damaged), '{"id"');
  const next = gateway(backend);
  expect(readdirSync(join(state, 'streams'))).toEqual([`${damaged}.json`]);
  expect((await at(next, `/v1/streams/${old}`)).status).toBe(404);
  expect((await at(next, `/v1/streams/${damaged}`)).status).toBe(500);
});
