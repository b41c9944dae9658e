import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Engine } from './engine.js';
import { divergence, logSoftmax } from './reference/divergence.js';
import { hasShared, shared } from './shared.js';
import { tinyChatCases, tinyChatPath } from './tiny-chat.js';

/**
 * How much int8 caches change the distribution after a prompt, as a KL divergence. They never need more of the heap.
 */
async function moved(path: string, prompt: readonly number[], keys: number, values: number): Promise<number> {
  const engine = await Engine.create();
  const loaded = (types: [number, number]) => {
    engine.wasm.setCacheTypes(...types);
    engine.load(path);
    return engine.sequence(prompt);
  };
  const exact = logSoftmax(engine.logits(loaded([0, 0])));
  const heap = engine.wasm.heapBytes();
  const rounded = logSoftmax(engine.logits(loaded([keys, values])));
  expect(engine.wasm.heapBytes()).toBeLessThanOrEqual(heap);
  engine.close();
  return divergence(exact, rounded);
}

const types = [
  [1, 0],
  [0, 1],
  [1, 1],
] as const;

describe('int8 caches', () => {
  it.each(types)('of tiny-chat, int8 keys: %i, values: %i', async (keys, values) => {
    // After a whole story the next word is open, so that rounding shows.
    const { prompt, greedy } = tinyChatCases.get('tiny-chat-q8_0-story')!;
    const distance = await moved(tinyChatPath('tiny-chat-q8_0'), [...prompt, ...greedy.slice(0, -12)], keys, values);
    expect(distance).toBeGreaterThan(0);
    expect(distance).toBeLessThan(3e-3);
  });

  it.skipIf(!hasShared).each([
    ['mini-qwen2-q8_0', 1, 0],
    ['mini-qwen2-q8_0', 0, 1],
    ['mini-gemma3-q8_0', 1, 1],
    ['mini-llama3-q8_0', 1, 1],
  ])('of %s, int8 keys: %i, values: %i', async (name, keys, values) => {
    const { prompt }: { prompt: number[] } = JSON.parse(readFileSync(shared('minis', `${name}.json`), 'utf8'));
    const distance = await moved(shared('minis', `${name}.gguf`), prompt, keys, values);
    expect(distance).toBeGreaterThan(0);
    expect(distance).toBeLessThan(3e-3);
  });
});
