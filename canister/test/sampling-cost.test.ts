import { beforeAll, describe, expect, it } from 'vitest';
import { logitOrders, logitsIn } from './logit-orders.js';
import { BareCanister } from './metered.js';

const VOCABULARY = 151_936;
const defaults = { temperature: 0.8, topK: 40, topP: 0.95, minP: 0.05, typicalP: 1, topNSigma: -1 };

let canister: BareCanister;
beforeAll(async () => {
  canister = await BareCanister.create('testing/sampling-cost.ts');
});

/** Instructions of the dearest of 32 tokens that are drawn from the logits. */
function dearest(logits: Float32Array, parameters: Partial<typeof defaults>): number {
  const header = Float64Array.from(Object.values({ ...defaults, ...parameters }));
  const reply = canister.update(
    'sample',
    Buffer.concat([new Uint8Array(header.buffer), new Uint8Array(logits.buffer)]),
  );
  return new DataView(reply.buffer, reply.byteOffset).getFloat64(8, true);
}

describe('instructions of the dearest token of 151,936', () => {
  it.each(Object.entries(logitOrders()))(
    'with logits %s: less than 2 M, of few candidates half of that',
    (_, order) => {
      const logits = logitsIn(order, VOCABULARY);
      expect(dearest(logits, { temperature: 0 })).toBeLessThan(1e6);
      expect(dearest(logits, { temperature: 0, topK: 0 })).toBeLessThan(1e6);
      expect(dearest(logits, {})).toBeLessThan(1e6);
      expect(dearest(logits, { topK: 100 })).toBeLessThan(1e6);
      expect(dearest(logits, { topK: 200 })).toBeLessThan(2e6);
    },
  );
});
