import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Engine } from './engine.js';
import { divergence, logSoftmax } from './reference/divergence.js';
import { hasShared, shared } from './shared.js';

describe.skipIf(!hasShared)('mini models with int8 caches', () => {
  it.each([
    ['mini-qwen2-q8_0', 1, 0, 3e-3],
    ['mini-qwen2-q8_0', 0, 1, 3e-3],
    ['mini-gemma3-q8_0', 1, 1, 3e-3],
    ['mini-llama3-q8_0', 1, 1, 3e-3],
  ])('%s with int8 keys: %i, values: %i', async (name, keys, values, most) => {
    const reference: { prompt: number[] } = JSON.parse(readFileSync(shared('minis', `${name}.json`), 'utf8'));
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
