import { beforeAll, describe, expect, it } from 'vitest';
import type { TensorType } from '../../test/gguf/layout.js';
import { Random } from '../../test/gguf/random.js';
import { randomModel } from '../../test/gguf/random-model.js';
import { ggufPieces, tensorBytes } from '../../test/gguf/writer.js';
import { DONE, PAUSED } from './engine.js';
import { BareCanister, MeteredEngine, UPDATE_LIMIT } from './metered.js';
import { TINY, tinyModel } from './tiny-model.js';

// Compiled before the first test, because compiling could exceed a test's time on a busy machine.
beforeAll(() => BareCanister.create('testing/meter.ts'), 300_000);

const full = process.env.LLAMA_CANISTER_TEST === 'full';

/** What a message costs beside the steps: entry, argument, reply, garbage collection. */
const ALLOWANCE = 1.2e6;

const types: TensorType[] = full ? ['Q8_0', 'Q4_0', 'Q4_K', 'Q6_K', 'F16', 'F32'] : ['Q4_K'];

describe('a metered call', () => {
  it.each(types)('never exceeds its budget, however small that is (%s)', async (type) => {
    const engine = await MeteredEngine.create();
    engine.upload([tinyModel({ type: () => type, embedding: 256, feedForward: 512, headDim: 64, layers: 3 })]);
    engine.load(512);
    const random = new Random(11);
    for (const tokens of full ? [1, 2, 3, 7, 8, 50] : [3, 8]) {
      engine.call('open', tokens);
      // With this budget nothing fits. The costs of the first steps are learnt from a full run; then budgets near them
      // are drawn.
      for (let call = 0; ; call++) {
        const limit = 3e6 + random.below(12e6);
        const { status, instructions } = engine.call('evaluate', limit);
        expect(instructions).toBeLessThanOrEqual(limit + ALLOWANCE);
        if (status === DONE) break;
        expect(status).toBe(PAUSED);
        expect(call).toBeLessThan(300);
      }
    }
  });

  it('stops while loading, too', async () => {
    const engine = await MeteredEngine.create();
    engine.upload([
      tinyModel({ type: () => 'F32', embedding: 512, feedForward: 2048, headDim: 64, layers: full ? 4 : 2 }),
    ]);
    engine.call('begin', 512);
    let calls = 0;
    for (let limit = 200e6; ; calls++) {
      const { status, instructions } = engine.call('load', limit);
      expect(instructions).toBeLessThanOrEqual(limit + ALLOWANCE);
      if (status === DONE) break;
      expect(status).toBe(PAUSED);
      expect(calls).toBeLessThan(100);
      limit = 40e6;
    }
    expect(calls).toBeGreaterThan(1);
  });

  const loads = [
    ['Q4_K', 11],
    ['Q8_0', 7],
    ['Q6_K', 10],
    ['Q4_0', 11],
  ] as const;
  it.each(full ? loads : loads.slice(0, 1))(
    'loads %s for at most %d instructions per byte of the file',
    async (type, most) => {
      const engine = await MeteredEngine.create();
      const shape = { type: () => type, embedding: 1024, feedForward: 4096, heads: 16, headDim: 64, layers: 2 };
      const bytes = engine.upload([tinyModel(shape)]);
      const instructions = engine.load(512).reduce((a, b) => a + b);
      expect(instructions / bytes).toBeLessThan(most);
    },
  );

  it('costs the same for any weights', async () => {
    const shape = { embedding: 256, feedForward: 512, headDim: 64, layers: 2, vocabulary: 1000 };
    const costs: number[] = [];
    for (const weights of full ? ['seed 1', 'seed 2', 'zeros', 'largest'] : ['seed 1', 'zeros']) {
      const engine = await MeteredEngine.create();
      const { metadata, tensors } = randomModel({ ...TINY, ...shape }, weights === 'seed 2' ? 2 : 1);
      // Every byte of a matrix is the same: scales and weights of 0, or a scale of 1544 and weights of 102.
      const same = { zeros: 0, largest: 0x66 }[weights];
      const bytes = tensors.map((tensor) =>
        same === undefined || tensor.type !== 'Q8_0'
          ? tensor
          : { ...tensor, data: () => [new Uint8Array(tensorBytes(tensor.type, tensor.shape)).fill(same)] },
      );
      engine.upload(ggufPieces(metadata, bytes));
      engine.load(512);
      engine.call('open', 77);
      costs.push(engine.call('evaluate').instructions);
    }
    expect(Math.max(...costs) / Math.min(...costs)).toBeLessThan(1.002);
  });

  it('touches no more pages with a larger context, and pays nothing before the first token', async () => {
    // A session's tokens, block table and residual stream may then lie on other pages, but never on more.
    const [small, large] = [await oneMoreToken(1024), await oneMoreToken(1 << 18)];
    expect(large - small).toBeLessThanOrEqual(5 * 160_000);
  });
});

/** Instructions of one more token in a session of 40 in a context of this size. */
async function oneMoreToken(context: number): Promise<number> {
  const engine = await MeteredEngine.create();
  engine.upload([tinyModel()]);
  engine.load(context);
  engine.call('open', 40);
  engine.call('evaluate');
  engine.call('append', 1);
  return engine.call('evaluate', UPDATE_LIMIT).instructions;
}
