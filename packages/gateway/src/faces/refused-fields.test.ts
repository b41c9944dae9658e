// Each field of each interface in front of what its reference does not allow: the status, the shape of the error and the name
// of the field, and in front of what it allows.
import { describe, expect, test } from 'vitest';
import { end, scripted, text } from '../scripted-backend.test-support.js';

const { postJson, says, url, backend } = scripted();
const model = 'tiny-chat';
const user = { role: 'user', content: 'Hi' };

type Case = [param: string, fields: object];

/** A value for each kind of field, none of which it takes. */
const wrong = {
  number: (field: string, ...others: number[]): Case[] =>
    ['1', true, [], {}, ...others].map((value) => [field, { [field]: value }]),
  string: (...fields: string[]): Case[] =>
    fields.flatMap((field) => [5, true, [], {}].map((value): Case => [field, { [field]: value }])),
  boolean: (...fields: string[]): Case[] =>
    fields.flatMap((field) => [0, 'true', []].map((value): Case => [field, { [field]: value }])),
  object: (...fields: string[]): Case[] =>
    fields.flatMap((field) => [5, 'x', []].map((value): Case => [field, { [field]: value }])),
  list: (...fields: string[]): Case[] =>
    fields.flatMap((field) => [5, 'x', {}].map((value): Case => [field, { [field]: value }])),
};

const openAiSampling: Case[] = [
  ...wrong.number('temperature', -0.1, 2.1),
  ...wrong.number('top_p', -0.1, 1.1),
  ...wrong.number('presence_penalty', -2.1, 9),
  ...wrong.number('frequency_penalty', -2.1, 2.1),
  ...wrong.number('seed', 1.5),
  ...wrong.number('top_k', -2, 1.5),
  ...wrong.number('min_p', -0.1, 1.1),
  ...wrong.number('typical_p', 2),
  ...wrong.number('xtc_probability', 2),
  ...wrong.number('repeat_penalty', -1),
  ...wrong.number('mirostat', 3),
  ...wrong.boolean('ignore_eos'),
  ...wrong.string('user', 'session'),
  ['stop', { stop: 5 }],
  ['stop', { stop: ['a', 'b', 'c', 'd', 'e'] }],
  ['stop[0]', { stop: [1] }],
];

const openAiAnswers: Case[] = [
  ...openAiSampling,
  ...wrong.number('top_logprobs', -1, 21),
  ...wrong.boolean('stream', 'store', 'parallel_tool_calls'),
  ...wrong.string('prompt_cache_key', 'safety_identifier'),
  ...wrong.object('chat_template_kwargs', 'metadata', 'prompt_cache_options', 'moderation'),
  ['metadata.a', { metadata: { a: 5 } }],
  ['metadata.a', { metadata: { a: 'x'.repeat(513) } }],
  ['metadata', { metadata: Object.fromEntries(Array.from({ length: 17 }, (_, i) => [`k${i}`, 'v'])) }],
  [`metadata.${'k'.repeat(65)}`, { metadata: { ['k'.repeat(65)]: 'v' } }],
  ['service_tier', { service_tier: 'cheap' }],
  ['safety_identifier', { safety_identifier: 'x'.repeat(65) }],
  ['prompt_cache_retention', { prompt_cache_retention: '1h' }],
  ...wrong.list('tools'),
  ['tools[0].type', { tools: [{}] }],
  ['tool_choice', { tool_choice: 5 }],
  ['tool_choice', { tool_choice: 'sometimes' }],
  ['tool_choice', { tool_choice: 'required' }],
  ['stream_options', { stream_options: { include_obfuscation: true } }],
];

const chat: Case[] = [
  ...openAiAnswers,
  ...wrong.string('model'),
  ['model', { model: null }],
  ['model', { model: undefined }],
  ...wrong.list('messages'),
  ['messages', { messages: [] }],
  ['messages[0]', { messages: ['Hi'] }],
  ['messages[0].role', { messages: [{ content: 'Hi' }] }],
  ['messages[0].role', { messages: [{ role: 'narrator', content: 'Hi' }] }],
  ['messages[0].content', { messages: [{ role: 'user' }] }],
  ['messages[0].content', { messages: [{ role: 'user', content: null }] }],
  ['messages[0].content', { messages: [{ role: 'user', content: 5 }] }],
  ['messages[0].content', { messages: [{ role: 'user', content: [] }] }],
  ['messages[0].content[0].type', { messages: [{ role: 'user', content: [{ text: 'Hi' }] }] }],
  ['messages[0].content[0].text', { messages: [{ role: 'user', content: [{ type: 'text' }] }] }],
  ['messages[0].content[0]', { messages: [{ role: 'user', content: [{ type: 'input_audio' }] }] }],
  ['messages[0].content', { messages: [{ role: 'system', content: null }, user] }],
  ['messages[0].content', { messages: [{ role: 'assistant' }, user] }],
  ['messages[0].content', { messages: [{ role: 'assistant', content: null, tool_calls: [] }, user] }],
  ['messages[0].tool_calls[0].id', { messages: [{ role: 'assistant', tool_calls: [{}] }, user] }],
  [
    'messages[0].tool_calls[0].function.name',
    { messages: [{ role: 'assistant', tool_calls: [{ id: 'a', function: {} }] }] },
  ],
  ['messages[0].content', { messages: [{ role: 'tool', tool_call_id: 'a' }] }],
  ['messages[0].tool_call_id', { messages: [{ role: 'tool', content: 'x' }] }],
  ['messages[0].name', { messages: [{ role: 'function', content: 'x' }] }],
  ...wrong.number('max_tokens', 0, -1, 1.5),
  ...wrong.number('max_completion_tokens', 0, 2e9),
  ...wrong.number('n', 0, 1.5, 129),
  ...wrong.boolean('logprobs'),
  ['top_logprobs', { top_logprobs: 2 }],
  ['top_logprobs', { top_logprobs: 2, logprobs: false }],
  ...wrong.object('logit_bias'),
  ['logit_bias.5', { logit_bias: { 5: 101 } }],
  ['logit_bias.5', { logit_bias: { 5: '1' } }],
  ['logit_bias.five', { logit_bias: { five: 1 } }],
  ['response_format', { response_format: 'json' }],
  ['response_format.type', { response_format: {} }],
  ['response_format.json_schema', { response_format: { type: 'json_schema' } }],
  ['response_format.json_schema.name', { response_format: { type: 'json_schema', json_schema: { schema: {} } } }],
  [
    'response_format.json_schema.name',
    { response_format: { type: 'json_schema', json_schema: { name: 'a b', schema: {} } } },
  ],
  [
    'response_format.json_schema.strict',
    { response_format: { type: 'json_schema', json_schema: { name: 'a', strict: 1 } } },
  ],
  ['tools[0].function', { tools: [{ type: 'function', function: null }] }],
  ['tools[0].function.name', { tools: [{ type: 'function', function: { name: 'a b' } }] }],
  ['tools[0].function.name', { tools: [{ type: 'function', function: { name: 'x'.repeat(65) } }] }],
  ['tools[0].function.parameters', { tools: [{ type: 'function', function: { name: 'a', parameters: 'x' } }] }],
  ['tools[0].function.description', { tools: [{ type: 'function', function: { name: 'a', description: 5 } }] }],
  ['reasoning_effort', { reasoning_effort: 'enormous' }],
  ['verbosity', { verbosity: 'chatty' }],
  ['modalities', { modalities: ['text', 'audio'] }],
  ['modalities[0]', { modalities: ['smell'] }],
  ['functions', { functions: [{ name: 'look' }] }],
  ['stream_options.include_usage', { stream: true, stream_options: { include_usage: 'yes' } }],
];

const completions: Case[] = [
  ...openAiSampling,
  ...wrong.boolean('stream', 'echo'),
  ['prompt', { prompt: undefined }],
  ['prompt', { prompt: 5 }],
  ['prompt', { prompt: [] }],
  ['prompt[0]', { prompt: [[1, 2]] }],
  ...wrong.number('max_tokens', -1),
  ...wrong.number('logprobs', -1, 6),
  ...wrong.number('n', 0, 129),
  ...wrong.number('best_of', 0, 21),
  ['logit_bias.5', { logit_bias: { 5: -101 } }],
  ...wrong.string('suffix'),
  ['stream_options', { stream_options: {} }],
];

const responses: Case[] = [
  ...openAiAnswers,
  ['input', { input: 5 }],
  ['input', { input: {} }],
  ['input', { input: undefined }],
  ['input', { input: [] }],
  ['input[0]', { input: ['Hi'] }],
  ['input[0].role', { input: [{ content: 'Hi' }] }],
  ['input[0].role', { input: [{ type: 'message', role: 'narrator', content: 'Hi' }] }],
  ['input[0].content', { input: [{ role: 'user' }] }],
  ['input[0].content', { input: [{ role: 'user', content: null }] }],
  ['input[0].content', { input: [{ role: 'user', content: 5 }] }],
  ['input[0].content[0]', { input: [{ role: 'user', content: [{ type: 'input_image' }] }] }],
  ['input[0].call_id', { input: [{ type: 'function_call', name: 'a', arguments: '{}' }] }],
  ['input[0].arguments', { input: [{ type: 'function_call', call_id: 'a', name: 'a', arguments: {} }] }],
  ['input[0].output', { input: [{ type: 'function_call_output', call_id: 'a' }] }],
  ['input[0].id', { input: [{ type: 'item_reference', id: 'msg_none' }] }],
  ...wrong.string('instructions', 'previous_response_id'),
  ['previous_response_id', { previous_response_id: 'resp_none' }],
  ['conversation', { conversation: 'conv_1' }],
  ['prompt', { prompt: { id: 'pmpt_1' } }],
  ...wrong.boolean('background'),
  ['background', { background: true, store: false }],
  ...wrong.number('max_output_tokens', 0, -1),
  ...wrong.number('max_tool_calls', 0),
  ['include[0]', { include: ['everything'] }],
  ['text', { text: 'x' }],
  ['text.format.type', { text: { format: { type: 'xml' } } }],
  ['text.format.name', { text: { format: { type: 'json_schema', schema: {} } } }],
  ['text.format.schema', { text: { format: { type: 'json_schema', name: 'a' } } }],
  ['text.verbosity', { text: { verbosity: 'chatty' } }],
  ['reasoning.effort', { reasoning: { effort: 'enormous' } }],
  ['reasoning.summary', { reasoning: { summary: 'long' } }],
  ['truncation', { truncation: 'sometimes' }],
  ['tools[0].name', { tools: [{ type: 'function' }] }],
  ['tools[0].name', { tools: [{ type: 'function', name: 'a b' }] }],
];

const anthropic: Case[] = [
  ['model', { model: undefined }],
  ['max_tokens', { max_tokens: undefined }],
  ['max_tokens', { max_tokens: null }],
  ...wrong.number('max_tokens', -1, 1.5),
  ...wrong.number('temperature', -0.1, 5),
  ...wrong.number('top_p', -0.1, 1.1),
  ...wrong.number('top_k', -1, 1.5),
  ...wrong.list('messages'),
  ['messages', { messages: [] }],
  ['messages[0].role', { messages: [{ role: 'tool', content: 'x' }] }],
  ['messages[0].content', { messages: [{ role: 'user' }] }],
  ['messages[0].content', { messages: [{ role: 'user', content: null }] }],
  ['messages[0].content', { messages: [{ role: 'user', content: '' }] }],
  ['messages[0].content', { messages: [{ role: 'user', content: [] }] }],
  ['messages[0].content[0].type', { messages: [{ role: 'user', content: [{}] }] }],
  ['messages[0].content[0].text', { messages: [{ role: 'user', content: [{ type: 'text' }] }] }],
  ['messages[0].content[0]', { messages: [{ role: 'user', content: [{ type: 'image' }] }] }],
  ['messages[0].content[0].tool_use_id', { messages: [{ role: 'user', content: [{ type: 'tool_result' }] }] }],
  [
    'messages[1].content[0].input',
    { messages: [user, { role: 'assistant', content: [{ type: 'tool_use', id: 'a', name: 'b' }] }] },
  ],
  ['messages[1].content[0].thinking', { messages: [user, { role: 'assistant', content: [{ type: 'thinking' }] }] }],
  ['system', { system: 5 }],
  ['system[0].text', { system: [{ type: 'text', text: 5 }] }],
  ...wrong.list('stop_sequences', 'tools'),
  ['stop_sequences[0]', { stop_sequences: [5] }],
  ['stop_sequences[0]', { stop_sequences: [' '] }],
  ...wrong.boolean('stream'),
  ['tools[0].name', { tools: [{ input_schema: { type: 'object' } }] }],
  ['tools[0].name', { tools: [{ name: 'a b', input_schema: { type: 'object' } }] }],
  ['tools[0].input_schema', { tools: [{ name: 'a' }] }],
  ['tools[0].input_schema.type', { tools: [{ name: 'a', input_schema: { type: 'string' } }] }],
  ['tool_choice.type', { tool_choice: { type: 'sometimes' } }],
  ['tool_choice.name', { tool_choice: { type: 'tool' } }],
  ['tool_choice', { tool_choice: { type: 'tool', name: 'nobody' } }],
  ['thinking.type', { thinking: { type: 'hard' } }],
  ['thinking.budget_tokens', { thinking: { type: 'enabled' } }],
  ['thinking.budget_tokens', { thinking: { type: 'enabled', budget_tokens: 1023 } }],
  ['thinking.budget_tokens', { max_tokens: 2000, thinking: { type: 'enabled', budget_tokens: 2000 } }],
  ['output_config.effort', { output_config: { effort: 'enormous' } }],
  ['output_config.format.type', { output_config: { format: { type: 'xml' } } }],
  ['metadata', { metadata: 5 }],
  ['metadata.user_id', { metadata: { user_id: 5 } }],
  ['service_tier', { service_tier: 'cheap' }],
];

const ollama: Case[] = [
  ['model', { model: undefined }],
  ['model', { model: 5 }],
  ...wrong.object('options'),
  ['options.temperature', { options: { temperature: 'hot' } }],
  ['options.temperature', { options: { temperature: -1 } }],
  ['options.top_p', { options: { top_p: 2 } }],
  ['options.num_predict', { options: { num_predict: 1.5 } }],
  ['options.seed', { options: { seed: 'x' } }],
  ['options.stop[0]', { options: { stop: [5] } }],
  ...wrong.boolean('stream', 'logprobs'),
  ...wrong.number('top_logprobs', -1, 21),
  ['format', { format: 'xml' }],
  ['format', { format: 5 }],
  ['think', { think: 'enormous' }],
  ['think', { think: 5 }],
  ['keep_alive', { keep_alive: 'long' }],
  ['keep_alive', { keep_alive: true }],
];

const ollamaChat: Case[] = [
  ...ollama,
  ...wrong.list('messages', 'tools'),
  ['messages[0].role', { messages: [{ role: 'wizard', content: 'x' }] }],
  ['messages[0].content', { messages: [{ role: 'user', content: [] }] }],
  ['messages[0].images', { messages: [{ ...user, images: ['abc'] }] }],
  ['messages[0].tool_calls[0].function', { messages: [{ role: 'assistant', tool_calls: [{}] }] }],
  ['tools[0].function.name', { tools: [{ type: 'function', function: {} }] }],
];

const ollamaGenerate: Case[] = [
  ...ollama,
  ['prompt', { prompt: 5 }],
  ['system', { system: 5 }],
  ['suffix', { suffix: 'x' }],
  ['template', { template: '{{ .Prompt }}' }],
  ['raw', { raw: 'yes' }],
  ['images', { images: ['abc'] }],
];

/** How an interface says which field it was, and what kind of error. */
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
  test('what it takes', async () => {
    says(text('Hello'), end());
    const answer = await postJson(path, body);
    expect([answer.status, answer.headers.get('llama-ignored')]).toEqual([200, null]);
  });

  test('null is as if a field that may be left out were not there', async () => {
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

test('what cannot be done at all is said before a body is looked at, as llama.cpp does', async () => {
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

test('fields that change nothing are named', async () => {
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

test('a call and its result as they were before there were tools', async () => {
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
