// Texts that are continued, as OpenAI's own client reads them.
import OpenAI from 'openai';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { end, type Running, running, ScriptedBackend, text, token } from '../../scripted-backend.test-support.js';

const backend = new ScriptedBackend();
let gateway: Running;
let openai: OpenAI;
beforeAll(async () => {
  gateway = await running({ backend });
  openai = new OpenAI({ baseURL: `${gateway.url}/v1`, apiKey: 'none', maxRetries: 0 });
});
afterAll(() => gateway.listening.close(0));
beforeEach(() => {
  backend.asked.length = 0;
});

const model = 'tiny-chat';

test('a text with its echo and the probabilities of its tokens', async () => {
  backend.scripts = [[text('is'), token('is', -1, ['is', -1], ['was', -2]), text(' it'), token(' it', -3), end()]];
  const answer = await openai.completions.create({ model, prompt: 'What ', echo: true, logprobs: 2, stop: '?' });
  expect(answer).toMatchObject({
    object: 'text_completion',
    choices: [
      {
        text: 'What is it',
        finish_reason: 'stop',
        logprobs: {
          tokens: ['is', ' it'],
          token_logprobs: [-1, -3],
          top_logprobs: [{ is: -1, was: -2 }, {}],
          text_offset: [5, 7],
        },
      },
    ],
    usage: { prompt_tokens: 11, completion_tokens: 5 },
  });
  expect(backend.asked[0]).toMatchObject({ prompt: { text: 'What ' }, maxTokens: 16, logprobs: 2, stop: ['?'] });
});

test('several prompts, several answers each', async () => {
  backend.scripts = ['a', 'b', 'c', 'd'].map((said) => [text(said), end()]);
  const { choices, usage } = await openai.completions.create({ model, prompt: ['x', 'y'], n: 2, seed: 1 });
  expect(choices.map(({ index, text: said }) => [index, said])).toEqual([
    [0, 'a'],
    [1, 'b'],
    [2, 'c'],
    [3, 'd'],
  ]);
  expect(backend.asked.map(({ seed }) => seed)).toEqual([1, 2, 1, 2]);
  expect(usage).toMatchObject({ prompt_tokens: 22, completion_tokens: 20 });
});

test('a stream', async () => {
  backend.scripts = [[text('a'), text('b'), end('max-tokens')]];
  const stream = await openai.completions.create({
    model,
    prompt: 'x',
    stream: true,
    stream_options: { include_usage: true },
  });
  const chunks = [];
  for await (const chunk of stream) chunks.push(chunk);
  expect(chunks.flatMap(({ choices }) => choices.map(({ text: said }) => said)).join('')).toBe('ab');
  expect(chunks.map(({ choices }) => choices[0]?.finish_reason)).toEqual([null, null, 'length', undefined]);
  expect(chunks.at(-1)!.usage).toMatchObject({ total_tokens: 16 });
});

test.each([
  ['prompt[0]', { prompt: [1, 2] }],
  ['suffix', { prompt: 'x', suffix: 'y' }],
  ['best_of', { prompt: 'x', best_of: 3 }],
  ['prompt', { prompt: ['a', 'b', 'c'], n: 4 }],
  ['session', { prompt: 'x', session: '../x' }],
])('%s', async (param, body) => {
  await expect(openai.completions.create({ model, ...body } as never)).rejects.toMatchObject({ status: 400, param });
});
