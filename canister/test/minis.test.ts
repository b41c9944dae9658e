import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Engine } from './engine.js';
import { divergence, logSoftmax, partialDivergence } from './reference/divergence.js';
import { hasShared, shared } from './shared.js';

interface Step {
  argmax: number;
  lse: number;
  /** Token and logit. */
  top5: [number, number][];
}

interface Reference {
  prompt: number[];
  greedy: number[];
  /** llama.cpp's own path (8-bit activations, f16 cache). */
  steps: Step[];
  /** The same weights in f32. */
  f32_steps: Step[];
  f32_first_step_logits: number[];
  max_abs_diff_first_step: number;
}

const models = [
  'mini-gemma3-f16',
  'mini-gemma3-q8_0',
  'mini-gemma3-q4_K',
  'mini-gemma3-q6_K',
  'mini-llama3-q8_0',
  'mini-llama3-q4_0',
  'mini-llama3-q6_K',
  'mini-llama3-Q4_K_M',
  'mini-qwen2-f16',
  'mini-qwen2-q8_0',
  'mini-qwen2-q4_0',
  'mini-qwen2-q4_1',
  'mini-qwen2-q2_K',
  'mini-qwen2-q3_K',
  'mini-qwen2-q4_K',
  'mini-qwen2-q5_0',
  'mini-qwen2-q5_1',
  'mini-qwen2-q5_K',
  'mini-qwen2-q6_K',
  'mini-qwen2-Q4_K_M',
  'mini-qwen2-iq4_nl',
  'mini-qwen2-iq4_xs',
  'mini-smollm2-q8_0',
  'mini-smollm2-Q3_K_M',
  'mini-smollm2-Q5_K_M',
  'nano-qwen2-f32',
  'nano-qwen2-f16',
  'nano-qwen2-bf16',
  'nano-qwen2-q4_1',
  'nano-qwen2-q8_0',
  'nano-qwen2-q4_0',
  'nano-qwen2-q5_0',
  'nano-qwen2-q5_1',
  'nano-qwen3-f32',
  'nano-qwen3-q8_0',
  'nano-qwen3-q4_0',
  'nano-qwen3-q4_1',
  'nano-qwen3-q5_0',
  'nano-qwen3-q5_1',
  'nano-qwen2-iq4_nl',
  'nano-qwen3-iq4_nl',
  'nano-qwen3-f16',
  'nano-qwen3-bf16',
];

const logProbabilities = ({ lse, top5 }: Step) => new Map(top5.map(([token, logit]) => [token, logit - lse]));

describe.skipIf(!hasShared)('mini models against llama.cpp', () => {
  it.each(models)('%s: closer to f32 than llama.cpp itself', async (name) => {
    const reference: Reference = JSON.parse(readFileSync(shared('minis', `${name}.json`), 'utf8'));
    const engine = await Engine.load(shared('minis', `${name}.gguf`));
    const id = engine.session(reference.prompt);
    let [ours, theirs] = [0, 0];
    reference.f32_steps.forEach((exact, i) => {
      const logits = engine.logits(id);
      if (i === 0) {
        const worst = Math.max(...reference.f32_first_step_logits.map((value, j) => Math.abs(value - logits[j]!)));
        expect(worst).toBeLessThan(0.01);
        expect(worst).toBeLessThan(reference.max_abs_diff_first_step);
      }
      const p = logProbabilities(exact);
      const llama = logProbabilities(reference.steps[i]!);
      // llama.cpp's side is known for its own five best, so both are measured on the tokens that are among both fives.
      for (const token of p.keys()) if (!llama.has(token)) p.delete(token);
      const all = logSoftmax(logits);
      theirs += partialDivergence(p, llama);
      ours += partialDivergence(p, new Map([...p.keys()].map((token) => [token, all[token]!])));
      expect(logits.indexOf(Math.max(...logits))).toBe(exact.argmax);
      engine.append(id, [reference.greedy[i]!]);
    });
    const steps = reference.f32_steps.length;
    expect(ours / steps).toBeLessThan(2e-6);
    expect(ours).toBeLessThan(theirs);
  });

  it.each([
    ['mini-qwen2-q8_0', 1, 0, 3e-3],
    ['mini-qwen2-q8_0', 0, 1, 3e-3],
    ['mini-gemma3-q8_0', 1, 1, 3e-3],
    ['mini-llama3-q8_0', 1, 1, 3e-3],
  ])('%s with int8 keys: %i, values: %i', async (name, keys, values, most) => {
    const reference: Reference = JSON.parse(readFileSync(shared('minis', `${name}.json`), 'utf8'));
    const engine = await Engine.create();
    const loaded = (types: [number, number]) => {
      engine.wasm.setCacheTypes(...types);
      engine.load(shared('minis', `${name}.gguf`));
      return engine.session(reference.prompt);
    };
    const exact = logSoftmax(engine.logits(loaded([0, 0])));
    const heap = engine.wasm.heapBytes();
    const rounded = logSoftmax(engine.logits(loaded([keys, values])));
    expect(engine.wasm.heapBytes()).toBeLessThanOrEqual(heap);
    const distance = divergence(exact, rounded);
    expect(distance).toBeGreaterThan(0);
    expect(distance).toBeLessThan(most);
  });
});
