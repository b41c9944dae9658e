// Vercel's AI SDK and LangChain as clients of the gateway.
import { createOpenAI } from '@ai-sdk/openai';
import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import { type AIMessage, HumanMessage } from '@langchain/core/messages';
import { tool as langTool } from '@langchain/core/tools';
import { ChatOllama } from '@langchain/ollama';
import { ChatOpenAI } from '@langchain/openai';
import { generateText, Output, stepCountIs, streamText, tool } from 'ai';
import { createAgent } from 'langchain';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import {
  call,
  end,
  type Line,
  type Running,
  running,
  ScriptedBackend,
  text,
  thinking,
} from '../scripted-backend.test-support.js';

const backend = new ScriptedBackend();
let gateway: Running;
let v1: string;
beforeAll(async () => {
  gateway = await running({ backend, pingMs: 30 });
  v1 = `${gateway.url}/v1`;
});
afterAll(() => gateway.listening.close(0));

const scripts = (...all: Line[][]): void => {
  backend.scripts = all;
};
const weather = [...call(0, 'weather', '{"city":', '"Bern"}'), end('tool-calls')];
const city = z.object({ city: z.string() });

describe.each([
  [
    '@ai-sdk/openai-compatible',
    () =>
      createOpenAICompatible({ name: 'ours', baseURL: v1, includeUsage: true, supportsStructuredOutputs: true })(
        'tiny-chat',
      ),
  ],
  ['@ai-sdk/openai, chat', () => createOpenAI({ baseURL: v1, apiKey: 'none' }).chat('tiny-chat')],
  ['@ai-sdk/openai, responses', () => createOpenAI({ baseURL: v1, apiKey: 'none' }).responses('tiny-chat')],
])('%s', (name, model) => {
  test('a text, in one piece and as a stream', async () => {
    scripts([text('Hello'), end()]);
    const { text: said, usage } = await generateText({ model: model(), prompt: 'Hi', maxRetries: 0 });
    expect([said, usage.inputTokens, usage.outputTokens, usage.cachedInputTokens]).toEqual(['Hello', 11, 5, 4]);
    scripts([thinking('Hm'), 80, text('Hel'), text('lo'), end('max-tokens')]);
    const stream = streamText({ model: model(), prompt: 'Hi', maxRetries: 0 });
    let pieces = 0;
    for await (const _ of stream.textStream) pieces++;
    expect([await stream.text, pieces, await stream.finishReason]).toEqual(['Hello', 2, 'length']);
    expect((await stream.totalUsage).totalTokens).toBe(16);
    if (name === '@ai-sdk/openai-compatible') expect(await stream.reasoningText).toBe('Hm');
  });

  test('a loop with a tool', async () => {
    for (const isStream of [false, true]) {
      scripts(weather, [text('Sunny'), end()]);
      const options = {
        model: model(),
        prompt: 'Weather?',
        maxRetries: 0,
        stopWhen: stepCountIs(3),
        tools: { weather: tool({ inputSchema: city, execute: async ({ city: where }) => `sun in ${where}` }) },
      };
      const { text: said, steps } = isStream ? streamText(options) : await generateText(options);
      expect([await said, (await steps).length]).toEqual(['Sunny', 2]);
      expect(backend.asked.at(-1)!.prompt).toMatchObject({
        messages: [{ role: 'user' }, { role: 'assistant' }, { role: 'tool', content: 'sun in Bern', name: 'weather' }],
      });
    }
  });

  test('an object that matches a schema', async () => {
    scripts([text('{"city":"Bern"}'), end()]);
    const { output } = await generateText({
      model: model(),
      prompt: 'Where?',
      maxRetries: 0,
      output: Output.object({ schema: city }),
    });
    expect(output).toEqual({ city: 'Bern' });
    expect(backend.asked.at(-1)!.responseFormat.type).toBe('json_schema');
  });

  test('an error in a request', async () => {
    const failure = await generateText({ model: model(), prompt: 'Hi', temperature: -3, maxRetries: 0 }).catch(
      (error) => error,
    );
    expect([failure.statusCode, failure.message]).toEqual([400, expect.stringMatching(/^temperature: /)]);
  });
});

describe.each([
  [
    '@langchain/openai',
    () => new ChatOpenAI({ model: 'tiny-chat', apiKey: 'none', maxRetries: 0, configuration: { baseURL: v1 } }),
  ],
  [
    '@langchain/openai, responses',
    () =>
      new ChatOpenAI({
        model: 'tiny-chat',
        apiKey: 'none',
        maxRetries: 0,
        useResponsesApi: true,
        configuration: { baseURL: v1 },
      }),
  ],
  ['@langchain/ollama', () => new ChatOllama({ model: 'tiny-chat', baseUrl: gateway.url, maxRetries: 0 })],
])('%s', (_, model) => {
  const look = langTool(async ({ city: where }) => `sun in ${where}`, {
    name: 'weather',
    description: 'weather',
    schema: city,
  });

  test('a text, in one piece and as a stream', async () => {
    scripts([text('Hel'), text('lo'), end()]);
    const message: AIMessage = await model().invoke([new HumanMessage('Hi')]);
    expect(message.text).toBe('Hello');
    expect(message.usage_metadata).toMatchObject({ input_tokens: 11, output_tokens: 5 });
    let streamed = '';
    for await (const chunk of await model().stream('Hi')) streamed += chunk.text;
    expect(streamed).toBe('Hello');
  });

  test('a call of a tool', async () => {
    scripts(weather);
    const { tool_calls } = await model().bindTools([look]).invoke('Weather?');
    expect(tool_calls).toMatchObject([{ name: 'weather', args: { city: 'Bern' } }]);
  });

  test('an agent', async () => {
    scripts(weather, [text('Sunny'), end()]);
    const agent = createAgent({ model: model(), tools: [look] });
    const { messages } = await agent.invoke({ messages: [new HumanMessage('Weather?')] });
    expect(messages.at(-1)!.text).toBe('Sunny');
    expect(backend.asked.at(-1)!.prompt).toMatchObject({
      messages: [{ role: 'user' }, { role: 'assistant' }, { role: 'tool', content: 'sun in Bern' }],
    });
  });

  test('an object that matches a schema', async () => {
    scripts([text('{"city":"Bern"}'), end()]);
    const chain = model().withStructuredOutput(city, { method: 'jsonSchema' });
    expect(await chain.invoke('Where?')).toEqual({ city: 'Bern' });
  });
});
