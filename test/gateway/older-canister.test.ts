// The gateway in front of a canister that has only llama_cpp_canister's methods, through each interface.
import Anthropic from '@anthropic-ai/sdk';
import { connect, LlamaClient, LlamaError, openCanister } from '@llama-canister/client';
import { Ollama } from 'ollama';
import OpenAI from 'openai';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CanisterBackend, createGateway, type Listening, listen } from '../../packages/gateway/src/index.js';
import { Served } from '../client/served.js';

/** Those of llama_cpp_canister's methods that the gateway needs for an answer. */
const HAS = ['health', 'ready', 'check_access', 'new_chat', 'run_update', 'run_query', 'remove_prompt_cache'];

let served: Served;
let listening: Listening;
let url: string;
let openai: OpenAI;
beforeAll(async () => {
  served = await Served.start();
  const { network } = served;
  const canister = openCanister(await connect({ host: network.url, identity: network.controller }), served.id);
  const call = canister.call.bind(canister);
  const own: typeof canister.call = (method, args, options) =>
    HAS.includes(method)
      ? call(method, args, options)
      : Promise.reject(
          new LlamaError('rejected', 'METHOD_NOT_FOUND', `the canister has no method ${method}`, {
            next: 'Upgrade it.',
          }),
        );
  const llama = new LlamaClient(Object.assign(canister, { call: own }));
  listening = await listen(createGateway({ backend: new CanisterBackend(llama), pingMs: 100 }), '127.0.0.1', 0);
  url = `http://127.0.0.1:${listening.port}`;
  openai = new OpenAI({ baseURL: `${url}/v1`, apiKey: 'none', maxRetries: 0 });
});
afterAll(async () => {
  await listening.close(0);
  await served.stop();
});

const model = 'model';
const messages = [{ role: 'user' as const, content: 'What is a canister?' }];
const greedy = { model, messages, temperature: 0, max_tokens: 16 };
const post = async (path: string, body: object): Promise<[number, { error: { message: string } }]> => {
  const answer = await fetch(url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return [answer.status, await answer.json()];
};

test('every interface gives the same answer, whole and as a stream', async () => {
  const { choices, usage } = await openai.chat.completions.create(greedy);
  const said = choices[0]!.message.content!;
  expect([said.length > 10, usage!.completion_tokens]).toEqual([true, 16]);
  const stream = openai.chat.completions.stream({ ...greedy, stream_options: { include_usage: true } });
  expect((await stream.finalChatCompletion()).choices[0]!.message.content).toBe(said);
  const input = { model, input: messages[0]!.content, temperature: 0, max_output_tokens: 16 };
  expect((await openai.responses.create(input)).output_text).toBe(said);
  const anthropic = new Anthropic({ baseURL: url, apiKey: 'none', maxRetries: 0 });
  const message = await anthropic.messages.stream({ ...greedy }).finalMessage();
  expect(message.content).toMatchObject([{ type: 'text', text: said }]);
  const ollama = new Ollama({ host: url });
  const options = { temperature: 0, num_predict: 16 };
  expect((await ollama.chat({ model, messages, options })).message.content).toBe(said);
});

test('stop texts', async () => {
  const { choices } = await openai.chat.completions.create({ ...greedy, stop: ['a'] });
  expect([choices[0]!.message.content!.includes('a'), choices[0]!.finish_reason]).toEqual([false, 'stop']);
});

const only = "this canister has only llama_cpp_canister's methods: no";
const begun = [...messages, { role: 'assistant' as const, content: 'It' }];
const tools = [{ type: 'function' as const, function: { name: 'look', parameters: { type: 'object' } } }];

test.each([
  ['/v1/chat/completions', { ...greedy, tools }, `${only} tools`],
  ['/v1/messages', { ...greedy, tools: [{ name: 'look', input_schema: { type: 'object' } }] }, `${only} tools`],
  ['/v1/chat/completions', { ...greedy, logprobs: true }, `${only} logprobs`],
  ['/v1/chat/completions', { ...greedy, messages: begun }, `${only} way to go on with a message`],
  ['/v1/messages/count_tokens', { model, messages }, 'quotes: not supported by this canister'],
  ['/tokenize', { content: 'x' }, 'tokens of texts: not supported by this canister'],
  ['/v1/decide', { model, state: 's', questions: [{ question: 'q' }] }, 'decisions: not supported by this canister'],
])('%s: what the canister cannot do is an error that says so', async (path, body, why) => {
  const [status, { error }] = await post(path, body);
  expect([status, error.message]).toEqual([501, expect.stringContaining(why)]);
});

test('fields that only control thinking are ignored', async () => {
  const { data, response } = await openai.chat.completions
    .create({ ...greedy, reasoning_effort: 'low' })
    .withResponse();
  expect(data.choices[0]!.message.content!.length).toBeGreaterThan(10);
  expect(response.headers.get('llama-ignored')).toContain('reasoning_effort');
});

test('models and properties, as far as the canister reports them', async () => {
  expect((await openai.models.list()).data).toMatchObject([{ id: model }]);
  const props = await fetch(`${url}/props`);
  expect([props.status, await props.json()]).toMatchObject([200, { model_alias: model, total_slots: 1 }]);
  expect((await fetch(`${url}/health`)).status).toBe(200);
  const ollama = new Ollama({ host: url });
  expect((await ollama.list()).models).toMatchObject([{ name: model }]);
  expect((await post('/api/show', { model }))[0]).toBe(200);
  expect(await openai.chat.completions.create({ ...greedy, model: 'other' }).catch(({ status }) => status)).toBe(404);
});
