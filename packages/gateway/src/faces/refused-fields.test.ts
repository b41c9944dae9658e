// Every field of every interface, with a value that its reference does not allow (the status, the shape of the error
// and the name of the field are checked) and with one that it allows.
import { describe, expect, test } from 'vitest';
import { end, scripted, text } from '../scripted-backend.test-support.js';
import {
  anthropic,
  type Case,
  chat,
  completions,
  ollamaChat,
  ollamaGenerate,
  responses,
  wrong,
} from './refused-fields.test-support.js';

const { postJson, says, url, backend } = scripted();
const model = 'tiny-chat';
const user = { role: 'user', content: 'Hi' };

/** How an interface reports which field is wrong, and the kind of the error. */
type Said = (answer: unknown, param: string) => void;

const openAiShape: Said = (answer, param) =>
  expect(answer).toEqual({
    error: {
      message: expect.stringContaining(`${param}: `),
      type: 'invalid_request_error',
      param,
      code: expect.stringMatching(/^[a-z_]+$/),
    },
  });
const anthropicShape: Said = (answer, param) =>
  expect(answer).toEqual({
    type: 'error',
    error: { type: 'invalid_request_error', message: expect.stringContaining(`${param}: `) },
    request_id: expect.any(String),
  });
const ollamaShape: Said = (answer, param) => expect(answer).toEqual({ error: expect.stringContaining(`${param}: `) });
const llamaCppShape: Said = (answer, param) =>
  expect(answer).toEqual({
    error: { code: 400, message: expect.stringContaining(`${param}: `), type: 'invalid_request_error' },
  });

const anthropicBody = { model, messages: [user], max_tokens: 9 };
const counted = anthropic.filter(
  ([param, fields]) => !(param === 'max_tokens' && !(fields as { max_tokens?: unknown }).max_tokens),
);

const FACES: [path: string, body: object, cases: Case[], shape: Said][] = [
  ['/v1/chat/completions', { model, messages: [user] }, chat, openAiShape],
  ['/v1/completions', { model, prompt: 'Hi' }, completions, openAiShape],
  ['/v1/responses', { model, input: 'Hi' }, responses, openAiShape],
  ['/v1/messages', anthropicBody, anthropic, anthropicShape],
  ['/v1/messages/count_tokens', { model, messages: [user] }, counted, anthropicShape],
  ['/api/chat', { model, messages: [user], stream: false }, ollamaChat, ollamaShape],
  ['/api/generate', { model, prompt: 'Hi', stream: false }, ollamaGenerate, ollamaShape],
  [
    '/api/show',
    { model },
    [...wrong.string('model'), ['model', { model: '' }], ['verbose', { verbose: 5 }]],
    ollamaShape,
  ],
  [
    '/tokenize',
    { content: 'Hi' },
    [
      ['content', { content: undefined }],
      ['content', { content: 5 }],
      ['content[1]', { content: ['a', true] }],
      ...wrong.boolean('add_special', 'parse_special', 'with_pieces'),
      ...wrong.string('model'),
    ],
    llamaCppShape,
  ],
  [
    '/detokenize',
    { tokens: [97] },
    [
      ...wrong.list('tokens'),
      ['tokens[0]', { tokens: ['a'] }],
      ['tokens[1]', { tokens: [1, -1] }],
      ['tokens[0]', { tokens: [1.5] }],
    ],
    llamaCppShape,
  ],
  [
    '/apply-template',
    { messages: [user] },
    [...wrong.list('messages'), ['messages[0].content', { messages: [{ role: 'user' }] }], ...wrong.string('model')],
    llamaCppShape,
  ],
];

describe.each(FACES)('%s', (path, body, cases, shape) => {
  test('accepts these fields', async () => {
    says(text('Hello'), end());
    const answer = await postJson(path, body);
    expect([answer.status, answer.headers.get('llama-ignored')]).toEqual([200, null]);
  });

  test('treats null like a missing field', async () => {
    says(text('Hello'), end());
    const fields = [...new Set(cases.map(([param]) => param.split(/[.[]/)[0]!))];
    const needed = ['model', 'messages', 'prompt', 'input', 'max_tokens', 'content', 'tokens'];
    const nothing = Object.fromEntries(fields.filter((each) => !needed.includes(each)).map((each) => [each, null]));
    const answer = await postJson(path, { ...body, ...nothing, of_tomorrow: null });
    const stream = 'stream' in body ? { stream: false } : {};
    expect([await answer.clone().text(), answer.status]).toEqual([expect.any(String), 200]);
    expect([answer.headers.get('llama-ignored'), stream]).toEqual([null, stream]);
  });

  test.each(cases)('%s in %j', async (param, fields) => {
    const asked = backend.asked.length;
    const answer = await postJson(path, { ...body, ...fields });
    expect(answer.status).toBe(400);
    shape(await answer.json(), param);
    expect(backend.asked.length).toBe(asked);
  });
});

test('a path that cannot be served at all is refused before the body is read, as llama.cpp does', async () => {
  const why = 'the canister has no method for embeddings';
  for (const [path, said] of [
    ['/v1/embeddings', { error: { type: 'not_supported_error', code: 'not_supported', message: why, param: null } }],
    ['/api/embed', { error: why }],
    ['/api/embeddings', { error: why }],
  ] as const) {
    const answer = await postJson(path, '{');
    expect([answer.status, await answer.json()]).toEqual([501, said]);
  }
});

test('fields without effect are named', async () => {
  says(text('Hello'), end());
  const answer = await postJson('/v1/chat/completions', {
    model,
    messages: [user],
    service_tier: 'auto',
    store: false,
    metadata: { a: 'b' },
    of_tomorrow: 1,
  });
  expect(answer.headers.get('llama-ignored')).toBe('service_tier, metadata, of_tomorrow');
});

test('a call and its result in the older form, as functions', async () => {
  says(text('Hello'), end());
  const messages = [
    user,
    { role: 'assistant', content: null, function_call: { name: 'look', arguments: '{}' } },
    { role: 'function', name: 'look', content: 'seen' },
  ];
  expect((await postJson('/v1/chat/completions', { model, messages })).status).toBe(200);
  expect(backend.asked.at(-1)!.prompt).toMatchObject({
    messages: [{ role: 'user' }, { toolCalls: [{ name: 'look' }] }, { role: 'tool', name: 'look', content: 'seen' }],
  });
});

describe('models', () => {
  const at = async (path: string, headers: Record<string, string> = {}) => {
    const answer = await fetch(url() + path, { headers });
    return [answer.status, await answer.json()];
  };
  const version = { 'anthropic-version': '2023-06-01' };

  test.each(['0', '1001', 'x', '1.5'])('limit %s', async (limit) => {
    expect(await at(`/v1/models?limit=${limit}`, version)).toEqual([
      400,
      expect.objectContaining({ error: { type: 'invalid_request_error', message: expect.stringMatching(/^limit: /) } }),
    ]);
  });

  test('pages', async () => {
    expect(await at('/v1/models?limit=1', version)).toMatchObject([200, { data: [{ id: model }], has_more: false }]);
    expect(await at(`/v1/models?after_id=${model}`, version)).toMatchObject([200, { data: [], first_id: null }]);
    expect(await at('/v1/models?after_id=x', version)).toMatchObject([
      400,
      { error: { type: 'invalid_request_error' } },
    ]);
    expect(await at('/v1/models/none')).toMatchObject([404, { error: { code: 'model_not_found' } }]);
    expect(await at('/v1/models/none', version)).toMatchObject([404, { error: { type: 'not_found_error' } }]);
  });
});
