// Clients that ask every model to think still get an answer from a model that cannot, and are told so.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Ask, Delta } from '../backend.js';
import { Refusal } from '../refusal.js';
import { askOf, end, MODEL, type Running, running, ScriptedBackend, text } from '../scripted-backend.test-support.js';
import { asFarAsItThinks } from './thinking.js';

const NO_EFFORT = 'generation_start: thinking: effort: the chat template of the model knows none; leave it out';
const NO_THOUGHTS = 'generation_start: thinking: enabled: by its chat template the model does not think';

/** What the canister says; if it knows neither field, it names the effort. */
class Thoughtless extends ScriptedBackend {
  override async start(ask: Ask, signal: AbortSignal): Promise<AsyncIterable<Delta>> {
    this.#check(ask);
    return super.start(ask, signal);
  }

  override async count(ask?: Ask): Promise<number> {
    if (ask) this.#check(ask);
    return super.count();
  }

  #check({ thinking }: Ask): void {
    if (thinking.effort !== undefined) throw new Refusal('invalid', NO_EFFORT);
    if (thinking.enabled === true) throw new Refusal('invalid', NO_THOUGHTS);
  }
}

const backend = new Thoughtless([text('Hello'), end()]);
let gateway: Running;
beforeAll(async () => {
  gateway = await running({ backend });
});
afterAll(() => gateway.listening.close(0));
beforeEach(() => {
  backend.asked.length = 0;
});

const messages = [{ role: 'user', content: 'Hi' }];
const anthropic = { messages, max_tokens: 9 };

test.each([
  ['/v1/chat/completions', { messages, reasoning_effort: 'low' }, 'reasoning_effort'],
  ['/v1/chat/completions', { messages, reasoning_effort: 'low', stream: true }, 'reasoning_effort'],
  ['/v1/responses', { input: 'Hi', reasoning: { effort: 'high' } }, 'reasoning.effort'],
  ['/v1/messages', { ...anthropic, thinking: { type: 'adaptive' } }, 'thinking'],
  ['/v1/messages', { ...anthropic, max_tokens: 2000, thinking: { type: 'enabled', budget_tokens: 1024 } }, 'thinking'],
  [
    '/v1/messages',
    { ...anthropic, thinking: { type: 'adaptive' }, output_config: { effort: 'low' } },
    'output_config.effort, thinking',
  ],
  ['/v1/messages/count_tokens', { messages, thinking: { type: 'adaptive' } }, 'thinking'],
  ['/api/chat', { messages, think: true, stream: false }, 'think'],
  ['/api/chat', { messages, think: 'high' }, 'think'],
  ['/api/chat', { messages, think: false, stream: false }, null],
  ['/v1/chat/completions', { messages, reasoning_effort: 'none' }, null],
])('%s %j', async (path, body, ignored) => {
  const answer = await fetch(`${gateway.url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ model: MODEL.id, ...body }),
  });
  const said = await answer.text();
  expect([answer.status, answer.headers.get('llama-ignored')], said).toEqual([200, ignored]);
  if (!path.endsWith('count_tokens')) expect(said).toContain('Hello');
});

describe('thinking fields that the model does know are kept', () => {
  const tried: Ask['thinking'][] = [];
  const dropped: string[] = [];
  beforeEach(() => {
    tried.length = 0;
    dropped.length = 0;
  });
  const run = (thinking: Ask['thinking'], refuse: (asked: Ask['thinking']) => string | undefined) =>
    asFarAsItThinks(
      { ...askOf(MODEL.id), thinking },
      async (ask) => {
        tried.push(ask.thinking);
        const why = refuse(ask.thinking);
        if (why !== undefined) throw new Refusal('invalid', why);
        return 'begun';
      },
      (field) => dropped.push(field),
    );

  test('the model still thinks if only the effort is unknown', async () => {
    const asked = { enabled: true, effort: 'low', maxTokens: 5 };
    expect(await run(asked, ({ effort }) => (effort ? NO_EFFORT : undefined))).toBe('begun');
    expect([tried, dropped]).toEqual([[asked, { enabled: true, maxTokens: 5 }], ['thinking.effort']]);
  });

  test('every other refusal is passed on, after one attempt', async () => {
    await expect(run({ enabled: true }, () => 'generation_start: stop: too many')).rejects.toThrow('too many');
    // A field that was not in the request cannot be left out of it.
    await expect(run({ enabled: true }, () => NO_EFFORT)).rejects.toThrow(NO_EFFORT);
    expect([tried.length, dropped]).toEqual([2, []]);
  });
});
