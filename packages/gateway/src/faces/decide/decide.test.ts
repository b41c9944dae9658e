import { expect, test } from 'vitest';
import { scripted } from '../../scripted-backend.test-support.js';

const { backend, postJson } = scripted();

test('answers questions about a state', async () => {
  const answer = await postJson('/v1/decide', {
    model: 'tiny-chat',
    state: 'It rains.',
    questions: [
      { question: 'Is it wet?' },
      { question: 'What is it?', options: ['rain', 'sun'] },
      { question: 'How much?', least: 1, greatest: 2 },
    ],
  });
  expect([answer.status, await answer.json()]).toEqual([
    200,
    {
      object: 'decision',
      model: 'tiny-chat',
      answers: [
        expect.objectContaining({ best: 'yes', coverage: Math.exp(-0.5) }),
        expect.objectContaining({
          best: 'rain',
          options: [
            { label: 'rain', probability: 0.75, logprob: expect.any(Number) },
            { label: 'sun', probability: 0.25, logprob: -1 },
          ],
        }),
        expect.objectContaining({ best: '1' }),
      ],
      usage: expect.objectContaining({ prompt_tokens: 11, cost: expect.any(Object) }),
    },
  ]);
  expect(backend.decided.at(-1)).toEqual({
    state: 'It rains.',
    questions: [
      { text: 'Is it wet?', kind: 'yes-no' },
      { text: 'What is it?', kind: { choice: ['rain', 'sun'] } },
      { text: 'How much?', kind: { score: { least: 1, greatest: 2 } } },
    ],
  });
  // Without a name, the first model that can answer is meant.
  expect((await postJson('/v1/decide', { state: 'x', questions: [{ question: 'y' }] })).status).toBe(200);
});

const one = (question: object) => ({ state: 'x', questions: [{ question: 'y', ...question }] });

test.each([
  ['state', { questions: [{ question: 'y' }] }, 400],
  ['state', { ...one({}), state: '' }, 400],
  ['questions', { state: 'x' }, 400],
  ['questions', { state: 'x', questions: [] }, 400],
  ['questions', { state: 'x', questions: Array(33).fill({ question: 'y' }) }, 400],
  ['questions[0].question', one({ question: 5 }), 400],
  ['questions[0].options', one({ options: ['a'] }), 400],
  ['questions[0].options[1]', one({ options: ['a', ''] }), 400],
  ['questions[0].options', one({ options: ['a', 'b'], least: 1, greatest: 2 }), 400],
  ['questions[0].greatest', one({ least: 1 }), 400],
  ['questions[0].greatest', one({ least: 2, greatest: 2 }), 400],
  ['questions[0].least', one({ least: 1.5, greatest: 2 }), 400],
  ['model', { ...one({}), model: 'none' }, 404],
])('%s in %j', async (param, body, status) => {
  const answer = await postJson('/v1/decide', body);
  expect([answer.status, (await answer.json()).error]).toEqual([status, expect.objectContaining({ param })]);
});
