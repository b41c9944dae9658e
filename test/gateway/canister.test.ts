// The gateway in front of a canister on a local network: clients get what the canister answers.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Anthropic from '@anthropic-ai/sdk';
import { Ed25519KeyIdentity } from '@icp-sdk/core/identity';
import { connect, type LlamaClient, openLlama } from '@llama-canister/client';
import { Network } from '@llama-canister/network';
import { Ollama } from 'ollama';
import OpenAI from 'openai';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CanisterBackend, createGateway, type Listening, listen } from '../../packages/gateway/src/index.js';
import { Served } from '../client/served.js';

const state = mkdtempSync(join(tmpdir(), 'llama-gateway-'));
const identity = Ed25519KeyIdentity.generate(new Uint8Array(32).fill(9));
let served: Served;
let llama: LlamaClient;
let listening: Listening;
let openai: OpenAI;
let url: string;
beforeAll(async () => {
  served = await Served.start({ state });
  const agent = await connect({ host: served.network.url, identity, rootKey: served.network.rootKey });
  llama = openLlama(agent, served.id);
  const backend = new CanisterBackend(llama, { name: 'tiny-chat' });
  listening = await listen(createGateway({ backend, pingMs: 100 }), '127.0.0.1', 0);
  url = `http://127.0.0.1:${listening.port}`;
  openai = new OpenAI({ baseURL: `${url}/v1`, apiKey: 'none', maxRetries: 0 });
});
afterAll(async () => {
  await listening.close(0);
  await served.stop();
  rmSync(state, { recursive: true, force: true });
});

const model = 'tiny-chat';
const messages = [{ role: 'user' as const, content: 'What is a canister?' }];
const greedy = { model, messages, temperature: 0, max_tokens: 40 };

test.each([1_250_000, 3_000_000])(
  '%i bytes are too many, and the error does not ask the client to wait',
  async (size) => {
    const content = 'x'.repeat(size);
    const asked = {
      '/v1/chat/completions': { messages: [{ role: 'user', content }] },
      '/v1/decide': { state: content },
    };
    for (const [path, field] of Object.entries(asked)) {
      const answer = await fetch(`${url}${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ model, questions: [{ question: 'Is it?' }], ...field }),
      });
      expect([path, answer.status, answer.headers.has('retry-after')]).toEqual([path, size > 2e6 ? 413 : 400, false]);
      expect(await answer.text()).toMatch(/ bytes/);
    }
  },
);

describe('the same answer', () => {
  let said: string;
  beforeAll(async () => {
    const { text } = await llama.chat(messages, { sampling: ['--temp', '0'], maxTokens: 40 }).result();
    said = text;
    expect(said.length).toBeGreaterThan(20);
  });

  test('by chat completions, whole and as a stream', async () => {
    const { choices, usage } = await openai.chat.completions.create(greedy);
    expect(choices[0]!.message.content).toBe(said);
    expect(usage!.completion_tokens).toBeGreaterThan(0);
    expect((usage as unknown as { cost: { instructions: number } }).cost.instructions).toBeGreaterThan(1e6);
    const stream = openai.chat.completions.stream({ ...greedy, stream_options: { include_usage: true } });
    const final = await stream.finalChatCompletion();
    expect([final.choices[0]!.message.content, final.usage!.completion_tokens]).toEqual([
      said,
      usage!.completion_tokens,
    ]);
  });

  test('by responses, which continue each other', async () => {
    const first = await openai.responses.create({
      model,
      input: messages[0]!.content,
      temperature: 0,
      max_output_tokens: 40,
    });
    expect(first.output_text).toBe(said);
    const second = await openai.responses.create({
      model,
      input: 'And?',
      previous_response_id: first.id,
      temperature: 0,
      max_output_tokens: 5,
    });
    expect(second.usage!.input_tokens).toBeGreaterThan(first.usage!.input_tokens + 40);
    // The tokens that both requests begin with are not evaluated again.
    expect(second.usage!.input_tokens_details.cached_tokens).toBeGreaterThan(first.usage!.input_tokens);
  });

  test('by Anthropic’s messages, whose tokens can be counted before', async () => {
    const anthropic = new Anthropic({ baseURL: url, apiKey: 'none', maxRetries: 0 });
    const message = await anthropic.messages.create({
      model,
      messages,
      max_tokens: 40,
      ...({ temperature: 0 } as object),
    });
    expect(message.content).toMatchObject([{ type: 'text', text: said }]);
    const { input_tokens: count } = await anthropic.messages.countTokens({ model, messages });
    expect(count).toBe(message.usage.input_tokens + message.usage.cache_read_input_tokens!);
  });

  test("by Ollama's chat", async () => {
    const ollama = new Ollama({ host: url });
    const { message } = await ollama.chat({ model, messages, options: { temperature: 0, num_predict: 40 } });
    expect(message.content).toBe(said);
    expect((await ollama.show({ model })).model_info).toMatchObject({ 'general.architecture': 'llama' });
  });

  test('by completions of the text that the template makes', async () => {
    const rendered = await fetch(`${url}/apply-template`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ messages }),
    });
    const { prompt } = await rendered.json();
    const { choices } = await openai.completions.create({ model, prompt, temperature: 0, max_tokens: 40 });
    expect(choices[0]!.text).toBe(said);
  });
});

test('a seed gives the same answer again, and each choice differs', async () => {
  const asked = {
    model,
    messages,
    seed: 5,
    temperature: 2,
    top_p: 1,
    ...({ top_k: 0, min_p: 0 } as object),
    max_tokens: 60,
    n: 3,
  };
  const texts = async () => (await openai.chat.completions.create(asked)).choices.map(({ message }) => message.content);
  const first = await texts();
  expect(new Set(first).size).toBe(3);
  expect(await texts()).toEqual(first);
});

test('an answer follows its schema', async () => {
  const schema = {
    type: 'object',
    properties: { ok: { type: 'boolean' } },
    required: ['ok'],
    additionalProperties: false,
  };
  const { choices } = await openai.chat.completions.create({
    ...greedy,
    response_format: { type: 'json_schema', json_schema: { name: 'x', schema, strict: true } },
  });
  expect(typeof JSON.parse(choices[0]!.message.content!).ok).toBe('boolean');
});

test('a tool is called with arguments that its schema allows', async () => {
  const parameters = {
    type: 'object',
    properties: { city: { enum: ['Bern', 'Rome'] } },
    required: ['city'],
    additionalProperties: false,
  };
  const tools = [{ type: 'function' as const, function: { name: 'weather', parameters } }];
  const stream = openai.chat.completions.stream({
    model,
    messages,
    tools,
    tool_choice: 'required',
    parallel_tool_calls: false,
    temperature: 0,
    max_tokens: 100,
  });
  const { choices } = await stream.finalChatCompletion();
  const [call] = choices[0]!.message.tool_calls!;
  expect([choices[0]!.finish_reason, call!.function.name]).toEqual(['tool_calls', 'weather']);
  expect(['Bern', 'Rome']).toContain(JSON.parse(call!.function.arguments).city);
  const asked = {
    model,
    messages: [
      ...messages,
      { role: 'assistant' as const, content: null, tool_calls: choices[0]!.message.tool_calls! },
      { role: 'tool' as const, tool_call_id: call!.id, content: 'sun' },
    ],
    tools,
    tool_choice: 'none' as const,
    temperature: 0,
    max_tokens: 8,
  };
  const whole = await openai.chat.completions.create(asked);
  expect(whole.choices[0]!.message.content!.length).toBeGreaterThan(0);
  // The gateway writes the same prompt as the canister.
  const rendered = await fetch(`${url}/apply-template`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(asked),
  });
  const { prompt } = await rendered.json();
  expect(prompt).toContain('sun');
  const completed = await openai.completions.create({ model, prompt, temperature: 0, max_tokens: 8 });
  expect([completed.usage!.prompt_tokens, completed.choices[0]!.text]).toEqual([
    whole.usage!.prompt_tokens,
    whole.choices[0]!.message.content,
  ]);
  const ollama = new Ollama({ host: url });
  const { message } = await ollama.chat({ model, messages, tools, options: { temperature: 0, num_predict: 20 } });
  expect(message.role).toBe('assistant');
});

test('probabilities are those of the tokens of the text', async () => {
  const stream = openai.chat.completions.stream({ ...greedy, logprobs: true, top_logprobs: 3 });
  const { choices } = await stream.finalChatCompletion();
  const { content } = choices[0]!.logprobs!;
  const bytes = content!.flatMap((token) => token.bytes!);
  expect(Buffer.from(bytes).toString()).toBe(choices[0]!.message.content);
  for (const { logprob, top_logprobs } of content!) {
    expect(top_logprobs.length).toBe(3);
    // The request asks for the likeliest token.
    expect(logprob).toBe(Math.max(...top_logprobs.map((each) => each.logprob)));
    expect(logprob).toBeLessThanOrEqual(0);
  }
});

describe('an answer whose beginning is given continues, and only the rest is sent', () => {
  const question = { role: 'user' as const, content: 'What is a canister?' };
  let begun: string;
  let rest: string;
  let conversation: { role: 'user' | 'assistant'; content: string }[];
  beforeAll(async () => {
    const { choices } = await openai.chat.completions.create(greedy);
    begun = choices[0]!.message.content!.slice(0, 12);
    conversation = [question, { role: 'assistant', content: begun }];
    const { text } = await llama
      .chat(conversation, { sampling: ['--temp', '0'], maxTokens: 20, continueFinalMessage: true })
      .result();
    rest = text;
    const anew = await llama.chat(conversation, { sampling: ['--temp', '0'], maxTokens: 20 }).result();
    expect(rest).not.toBe(anew.text);
  });
  const asked = () => ({ model, messages: conversation, temperature: 0, max_tokens: 20 });

  test('by chat completions, unless a new answer is requested', async () => {
    const said = async (more: object) =>
      (await openai.chat.completions.create({ ...asked(), ...more })).choices[0]!.message.content;
    expect(await said({})).toBe(rest);
    expect(await said({ continue_final_message: true, add_generation_prompt: false })).toBe(rest);
    expect(await said({ add_generation_prompt: true })).not.toBe(rest);
  });

  test("by Anthropic's messages, as a stream", async () => {
    const anthropic = new Anthropic({ baseURL: url, apiKey: 'none', maxRetries: 0 });
    const stream = anthropic.messages.stream({ ...asked(), max_tokens: 20 });
    expect((await stream.finalMessage()).content).toMatchObject([{ type: 'text', text: rest }]);
  });

  test("by Ollama's chat", async () => {
    const ollama = new Ollama({ host: url });
    const options = { temperature: 0, num_predict: 20 };
    const { message } = await ollama.chat({ model, messages: conversation, options });
    expect(message.content).toBe(rest);
  });

  test('by completions of the text that the template makes', async () => {
    const rendered = await fetch(`${url}/apply-template`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ messages: conversation }),
    });
    const { prompt } = await rendered.json();
    expect(prompt.endsWith(begun)).toBe(true);
    const { choices } = await openai.completions.create({ model, prompt, temperature: 0, max_tokens: 20 });
    expect(choices[0]!.text).toBe(rest);
  });

  test('not if the answer must be JSON and its beginning is not', async () => {
    const failure = await openai.chat.completions
      .create({ ...asked(), response_format: { type: 'json_object' } })
      .catch((error) => error);
    expect([failure.status, failure.message]).toEqual([400, expect.stringContaining('a text that is continued')]);
  });
});

test('stop texts, and a bias against a token', async () => {
  const { choices } = await openai.chat.completions.create({ ...greedy, stop: ['a'] });
  expect([choices[0]!.message.content!.includes('a'), choices[0]!.finish_reason]).toEqual([false, 'stop']);
  await expect(openai.chat.completions.create({ ...greedy, logit_bias: { 99999999: 1 } })).rejects.toMatchObject({
    status: 400,
  });
});

test('a schema that is not supported is an error with the place in the schema', async () => {
  const failure = await openai.chat.completions
    .create({
      ...greedy,
      response_format: { type: 'json_schema', json_schema: { name: 'x', schema: { type: 'wizard' } } },
    })
    .catch((error) => error);
  expect([failure.status, failure.message]).toEqual([
    400,
    expect.stringContaining('response_format: #: type is no name of a type'),
  ]);
});

test('an answer is cancelled in the canister when its client leaves, unless the client asked to keep it', async () => {
  const endless = { model, messages, temperature: 1, max_tokens: 3_900, ...({ ignore_eos: true } as object) };
  for (const kept of [false, true]) {
    const options = kept ? { headers: { 'llama-keep': '1' } } : {};
    const stream = await openai.chat.completions.create({ ...endless, stream: true }, options);
    let id = '';
    for await (const chunk of stream) {
      id = chunk.id;
      if (chunk.choices[0]?.delta.content) break;
    }
    stream.controller.abort();
    const end = async () => (await llama.generations.list())[0]!.end;
    if (kept) {
      await new Promise((resolve) => setTimeout(resolve, 300));
      expect(await end()).not.toBe('cancelled');
      await fetch(`${url}/v1/streams/${id}`, { method: 'DELETE' });
    }
    await expect.poll(end, { timeout: 20_000 }).toBe('cancelled');
  }
});

test('the gateway waits for a network that is stopped and started again during an answer', async () => {
  const wanted = { model, messages, seed: 3, temperature: 1, max_tokens: 60 };
  const whole = (await openai.chat.completions.create(wanted)).choices[0]!.message.content;
  const stream = await openai.chat.completions.create({ ...wanted, stream: true });
  let said = '';
  let isStopped = false;
  for await (const chunk of stream) {
    said += chunk.choices[0]?.delta.content ?? '';
    if (isStopped || said === '') continue;
    isStopped = true;
    const port = Number(new URL(served.network.url).port);
    await served.stop();
    served.network = await Network.start({ state, port });
  }
  expect([isStopped, said]).toEqual([true, whole]);
});

test('a canister without a model is not ready, and the reason is reported', async () => {
  const id = served.network.createCanister({ cycles: 10n ** 15n });
  const agent = await connect({ host: served.network.url, identity, rootKey: served.network.rootKey });
  const empty = createGateway({ backend: new CanisterBackend(openLlama(agent, id.toText())) });
  const at = (path: string, init?: RequestInit) =>
    empty.fetch(
      new Request(`http://localhost${path}`, {
        ...init,
        headers: { host: 'localhost', 'content-type': 'application/json' },
      }),
    );
  const health = await at('/health');
  expect([health.status, (await health.json()).error.code]).toEqual([503, 503]);
  const answer = await at('/v1/chat/completions', { method: 'POST', body: JSON.stringify({ model, messages }) });
  expect([answer.status, typeof (await answer.json()).error.message]).toEqual([503, 'string']);
});
