import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { LlamaCanister } from '../canister.js';
import { LlamaClient } from '../client.js';
import { LlamaError } from '../errors.js';
import type { DecisionInput, GenerationState, GenerationStatus } from '../generated/llama.did.js';
import type { Question } from './decision.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function status(state: GenerationState): GenerationStatus {
  const isOver = ['done', 'failed', 'cancelled'].includes(Object.keys(state)[0]!);
  return {
    ...{
      id: 9n,
      principal: 'aaaaa-aa',
      state,
      place: 0,
      messages_left: 0n,
      instructions_left: 0n,
      held: 0n,
      price: 3n,
    },
    ...{ prompt_tokens: 8, cached_tokens: 0, generated_tokens: 2, thinking_tokens: 0, instructions: 7n, cycles: 12n },
    ...{ seed: [], session: [], events: 0n, started: 0n, ended: isOver ? [1n] : [], expires: [] },
  };
}

const option = (label: string, probability: number) => ({
  ...{ label, probability, log_probability: Math.log(probability) },
});
const answers = [
  { options: [option('red', 0.25), option('blue', 0.75)], expected: [] as [], log_coverage: -0.1 },
  { options: [option('1', 0.5), option('2', 0.5)], expected: [1.5] as [number], log_coverage: -3 },
];
const questions: Question[] = [
  { text: 'Which?', kind: { choice: ['red', 'blue'] } },
  { text: 'How many?', kind: { score: { least: 1, greatest: 2 } } },
];

/** A canister that goes on by itself for so many polls, and then ends so. */
function clientOf(polls: number, end: GenerationState = { done: { end: null } }) {
  const asked: DecisionInput[] = [];
  const calls: string[] = [];
  let left = polls;
  const decision = () => {
    const state = left-- > 0 ? { reading: null } : end;
    return { Ok: { status: status(state), answers: left < 0 ? answers : [] } };
  };
  const methods = {
    decide: async (input: DecisionInput) => {
      asked.push(input);
      return decision();
    },
    decide_poll: async () => {
      calls.push('poll');
      if (calls.length === 2) throw new LlamaError('transport', 'UNREACHABLE', 'away', { next: 'Wait.' });
      return decision();
    },
    generation_cancel: async () => {
      calls.push('cancel');
      return { Ok: status({ cancelled: null }) };
    },
  };
  return { llama: new LlamaClient(new LlamaCanister(methods as never, 'aaaaa-aa')), asked, calls };
}

async function soon<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => {});
  await vi.advanceTimersByTimeAsync(60_000);
  return promise;
}

test.each([0, 5])('a decision comes at once, or after %i polls', async (polls) => {
  const { llama, asked, calls } = clientOf(polls);
  const messages = [{ role: 'user', content: 'The sky.' }];
  const decided = await soon(llama.decide(messages, questions, { templateArguments: { a: 1 } }));
  expect(decided).toMatchObject({ id: 9n, usage: { promptTokens: 8, instructions: 7, cycles: 12n, price: 3n } });
  expect(decided.answers).toEqual([
    {
      options: [
        { label: 'red', probability: 0.25, logProbability: Math.log(0.25) },
        { label: 'blue', probability: 0.75, logProbability: Math.log(0.75) },
      ],
      ...{ best: 'blue', logCoverage: -0.1 },
    },
    expect.objectContaining({ best: '1', expected: 1.5, logCoverage: -3 }),
  ]);
  expect(calls.length > 0).toBe(polls > 0);
  expect(asked).toEqual([
    {
      prompt: { messages: [expect.objectContaining({ role: 'user', content: 'The sky.' })] },
      template_arguments: ['{"a":1}'],
      questions: [
        { text: 'Which?', kind: { choice: ['red', 'blue'] } },
        { text: 'How many?', kind: { score: { least: 1, greatest: 2 } } },
      ],
    },
  ]);
});

test('one that could not be finished, or was cancelled, is an error', async () => {
  const failed = clientOf(1, { failed: 'the model was changed' }).llama.decide('x', questions);
  await expect(soon(failed)).rejects.toMatchObject({ code: 'GENERATION_FAILED' });
  const cancelled = clientOf(1, { cancelled: null }).llama.decide('x', questions);
  await expect(soon(cancelled)).rejects.toMatchObject({ code: 'CANCELLED' });
});

test('who does not wait any longer has it cancelled', async () => {
  const { llama, calls } = clientOf(1_000);
  const stop = new AbortController();
  const decided = llama.decide('x', questions, { signal: stop.signal });
  const refused = expect(decided).rejects.toMatchObject({ kind: 'aborted' });
  await vi.advanceTimersByTimeAsync(2_000);
  stop.abort();
  await refused;
  await vi.advanceTimersByTimeAsync(1);
  expect(calls.at(-1)).toBe('cancel');
});

test('a canister that has no such method says so', async () => {
  const llama = new LlamaClient(new LlamaCanister({} as never, 'aaaaa-aa'));
  await expect(llama.decide('x', questions)).rejects.toMatchObject({ code: 'NOT_SUPPORTED' });
  await expect(llama.quoteDecision('x', questions)).rejects.toMatchObject({ code: 'NOT_SUPPORTED' });
});
