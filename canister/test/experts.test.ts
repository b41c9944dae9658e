/** Tokens of a batch that share experts: each expert is read once for all of them, and what that saves. */
import { beforeAll, describe, expect, it } from 'vitest';
import { MeteredEngine } from './metered.js';
import { tinyModel } from './tiny-model.js';

/** A model whose experts are nearly all of it, and all of which every token uses. */
const model = () =>
  tinyModel({
    architecture: 'qwen3moe',
    layers: 1,
    embedding: 512,
    heads: 2,
    keyValueHeads: 1,
    headDim: 32,
    experts: { count: 4, used: 4, feedForward: 768 },
    type: () => 'Q8_0',
  });

describe('experts of a batch', () => {
  let engine: MeteredEngine;
  beforeAll(async () => {
    engine = await MeteredEngine.create();
    engine.upload([model()]);
    engine.load(64);
  }, 300_000);

  /** Instructions of a message that evaluates so many tokens of a fresh sequence. */
  function evaluated(tokens: number): { instructions: number; pages: number } {
    engine.call('open', tokens);
    const { instructions, pages } = engine.call('evaluate');
    return { instructions, pages: pages.heapAccessed };
  }

  it('are multiplied with all of their tokens at once', () => {
    // The differences are without the pages, which a message pays for once.
    const alone = evaluated(2).instructions - evaluated(1).instructions;
    const together = evaluated(16).instructions - evaluated(8).instructions;
    expect(together).toBeLessThan(8 * alone * 0.93);
    expect(together).toBeGreaterThan(8 * alone * 0.8);
  });

  it('cost the pages of their weights once, however many tokens there are', () => {
    const [one, eight] = [evaluated(1), evaluated(8)];
    // Seven more tokens have working buffers of their own, 4 * 768 * 512 * 3 weights are 108 pages.
    expect(eight.pages - one.pages).toBeLessThan(60);
    expect(one.pages).toBeGreaterThan(80);
  });
});
