import { beforeAll, describe, expect, it } from 'vitest';
import { logitOrders, logitsIn } from './logit-orders.js';
import { BareCanister } from './metered.js';

const VOCABULARY = 151_936;
const defaults = {
  temperature: 0.8,
  topK: 40,
  topP: 0.95,
  minP: 0.05,
  typicalP: 1,
  topNSigma: -1,
  xtcProbability: 0,
  xtcThreshold: 1e-7,
  dynamicRange: 0,
  repeatPenalty: 1,
};

let canister: BareCanister;
beforeAll(async () => {
  canister = await BareCanister.create('testing/sampling-cost.ts');
});

/** Draws 32 tokens from the logits; returns the instructions of the dearest, and the maximum that the chain reports. */
function costs(logits: Float32Array, parameters: Partial<typeof defaults>): { dearest: number; most: number } {
  const header = Float64Array.from(Object.values({ ...defaults, ...parameters }));
  const reply = canister.update(
    'sample',
    Buffer.concat([new Uint8Array(header.buffer), new Uint8Array(logits.buffer)]),
  );
  const [, dearest, most] = new Float64Array(reply.slice().buffer);
  return { dearest: dearest!, most: most! };
}

const someInfinite = (id: number) => (id % 1000 === 5 ? Number.POSITIVE_INFINITY : 1);

describe('instructions of the most expensive token', () => {
  it.each(Object.entries(logitOrders()))(
    'of 151,936 with logits %s: less than 2 M, of few candidates less than 1.3 M',
    (_, order) => {
      const logits = logitsIn(order, VOCABULARY);
      expect(costs(logits, { temperature: 0 }).dearest).toBeLessThan(1.3e6);
      expect(costs(logits, { temperature: 0, topK: 0 }).dearest).toBeLessThan(1.3e6);
      expect(costs(logits, {}).dearest).toBeLessThan(1.3e6);
      expect(costs(logits, { topK: 100 }).dearest).toBeLessThan(1.3e6);
      expect(costs(logits, { topK: 200 }).dearest).toBeLessThan(2e6);
    },
  );

  it('of 151,936 equal ones, whole: less than 2 M', () => {
    expect(
      costs(
        logitsIn(() => 1.5, VOCABULARY),
        { topK: 0 },
      ).dearest,
    ).toBeLessThan(2e6);
  });

  const whole = { topK: 0, topP: 1, minP: 0 };
  const everything = { typicalP: 0.9, xtcProbability: 1, dynamicRange: 0.3, topNSigma: 3, repeatPenalty: 1.2 };
  it.each<[string, Partial<typeof defaults>]>([
    ['the default', {}],
    ['--temp 0 --top-k 0', { temperature: 0, topK: 0 }],
    ['--repeat-penalty 1.2', { repeatPenalty: 1.2 }],
    ['--top-k 1024', { topK: 1024 }],
    ['--top-k 1024 and all that follow', { ...everything, topK: 1024, minP: 0, topP: 0.99, topNSigma: -1 }],
    ['--top-k 2000', { topK: 2000 }],
    ['--top-k 0', { topK: 0 }],
    ['--top-k 0 --min-p 0 --top-p 0.5', { topK: 0, minP: 0, topP: 0.5 }],
    ['typical-p alone', { ...whole, typicalP: 0.9 }],
    ['xtc alone', { ...whole, xtcProbability: 1 }],
    ['the temperature by the entropy alone', { ...whole, dynamicRange: 0.3 }],
    ['all samplers', { ...everything, topK: 0 }],
  ])('with %s is below the limit that the chain computes', (_, parameters) => {
    const { equal, 'of few values': few, ...orders } = logitOrders();
    for (const order of [...Object.values(orders), someInfinite]) {
      const { dearest, most } = costs(logitsIn(order, 1500), parameters);
      expect(dearest).toBeLessThan(most);
    }
    for (const order of [equal!, few!]) {
      const { dearest, most } = costs(logitsIn(order, 70), parameters);
      expect(dearest).toBeLessThan(most);
    }
  });
});
