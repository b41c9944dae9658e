import { describe, expect, it } from 'vitest';
import { Engine } from './engine.js';
import { divergence, logSoftmax } from './reference/divergence.js';
import { BYTE_CACHE_NOISE, certainTokens, NOISE, type TinyChatFile, tinyChatCases, tinyChatPath } from './tiny-chat.js';

const files: readonly TinyChatFile[] = ['tiny-chat-q8_0', 'tiny-chat-f16'];
const all = [...tinyChatCases];
const casesOf = (file: TinyChatFile) => all.filter(([, { file: name }]) => name === `${file}.gguf`);

it('most recorded answers are certain to the end', () => {
  expect(casesOf('tiny-chat-q8_0').length).toBeGreaterThanOrEqual(6);
  expect(casesOf('tiny-chat-f16').length).toBeGreaterThanOrEqual(2);
  const certain = all.filter(([, one]) => certainTokens(one) === one.greedy.length);
  expect(certain.length).toBeGreaterThan(all.length / 2);
});

describe.each(files)('the engine with %s', (file) => {
  const load = async (areBytes = 0) => {
    const engine = await Engine.create();
    engine.wasm.setCacheTypes(areBytes, areBytes);
    engine.load(tinyChatPath(file));
    return engine;
  };

  it.each(casesOf(file))('%s: the tokens of the prompt and the text of the answer are llama.cpp’s', async (_, one) => {
    const engine = await load();
    expect(engine.tokenize(one.text, true, true)).toEqual(one.prompt);
    expect(engine.detokenize(one.greedy)).toBe(one.answer);
  });

  it.each(casesOf(file))(
    '%s: logits are nearer to those of the weights in f32 than llama.cpp’s own',
    async (_, one) => {
      const engine = await load();
      const id = engine.sequence(one.prompt);
      const first = logSoftmax(one.f32_first_step_logits);
      expect(divergence(first, logSoftmax(engine.logits(id)))).toBeLessThan(1e-5);
      // The average distance of the log-probabilities of the five best tokens from those of f32.
      let [ours, theirs, compared] = [0, 0, 0];
      for (const [i, { lse, top5 }] of one.f32_steps.entries()) {
        const probabilities = logSoftmax(engine.logits(id));
        const own = one.steps[i]!;
        const llama = new Map(own.top5.map(([token, logit]) => [token, logit - own.lse]));
        for (const [token, logit] of top5) {
          if (!llama.has(token)) continue;
          ours += Math.abs(probabilities[token]! - (logit - lse));
          theirs += Math.abs(llama.get(token)! - (logit - lse));
          compared++;
        }
        engine.append(id, [one.greedy[i]!]);
      }
      expect(compared).toBeGreaterThan(4 * one.greedy.length);
      expect(ours / compared).toBeLessThan(0.003);
      // llama.cpp rounds activations to 8 bits if the weights are Q8_0, but not if they are F16.
      expect(ours).toBeLessThan(file === 'tiny-chat-q8_0' ? theirs / 20 : theirs);
    },
  );

  it.each(casesOf(file))('%s: the greedy answer is llama.cpp’s, with int16 and with int8 caches', async (_, one) => {
    for (const areBytes of [0, 1]) {
      const certain = certainTokens(one, areBytes ? BYTE_CACHE_NOISE : NOISE);
      expect(certain).toBeGreaterThan(0);
      const engine = await load(areBytes);
      const answer = engine.greedy(engine.sequence(one.prompt), one.greedy.length);
      expect(answer.slice(0, certain)).toEqual(one.greedy.slice(0, certain));
    }
  });
});
