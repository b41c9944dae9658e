import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Parameters, survivors } from './reference/sampling.js';
import { normals, SamplingPart } from './sampling-part.js';

let sampling: SamplingPart;
beforeAll(async () => {
  sampling = await SamplingPart.load();
});

describe('a nucleus of a whole vocabulary', () => {
  const shapes: Record<string, (normal: number, id: number) => number> = {
    flat: (normal) => normal,
    steep: (normal) => 6 * normal,
    'in steps': (normal) => Math.round(normal),
    'of two heights': (_, id) => (id % 64 === 5 ? 0.01 : 0),
    equal: () => 2,
    'with one that leads': (normal, id) => (id === 77 ? 900 : normal),
    rising: (_, id) => id * 1e-4,
    'at 300': (normal) => 300 + normal,
    'at -1e6': (normal) => 4 * normal - 1e6,
    'at 1e6': (normal) => 4 * normal + 1e6,
    denormal: (normal) => normal * 1e-42,
    'of opposite zeros': (_, id) => (id % 2 === 0 ? 0 : -0),
    'with gaps': (normal, id) => [normal, Number.NaN, Number.NEGATIVE_INFINITY, 2 * normal][id % 4]!,
  };
  /** Its tokens, the most probable first, each with the probability of all before it. */
  function reference(logits: Float32Array, temperature: number) {
    const ids = [...logits.keys()].filter((id) => logits[id]! > Number.NEGATIVE_INFINITY);
    ids.sort((a, b) => logits[b]! - logits[a]! || a - b);
    const weights = ids.map((id) => Math.exp((logits[id]! - logits[ids[0]!]!) / temperature));
    const sum = weights.reduce((a, b) => a + b, 0);
    let reached = 0;
    return ids.map((id, i) => {
      const before = reached / sum;
      reached += weights[i]!;
      return { id, probability: weights[i]! / sum, before };
    });
  }
  const sizes = [1, 63, 64, 65, 257, 3000];
  const ps = [1e-6, 0.001, 0.1, 0.5, 0.9, 0.95, 0.999, 0.99999];
  const temperatures = [1e-3, 0.3, 1, 3, 1e6];
  const some = fc.tuple(
    fc.constantFrom(...Object.keys(shapes)),
    fc.nat(),
    fc.constantFrom(...sizes),
    fc.constantFrom(...ps),
    fc.constantFrom(...temperatures),
  );
  const make = (shape: string, seed: number, size: number) =>
    Float32Array.from(normals(seed, size), (normal, id) => shapes[shape]!(normal, id));

  it('has just enough tokens to reach its probability', () => {
    fc.assert(
      fc.property(some, ([shape, seed, size, p, temperature]) => {
        const logits = make(shape, seed, size);
        // top-k with all tokens shows which candidates are left.
        sampling.begin({ order: ['temperature', 'top_p', 'top_k'], topK: 1 << 20, topP: p, temperature });
        if (temperature === 1) sampling.begin({ order: ['top_p', 'top_k'], topK: 1 << 20, topP: p });
        sampling.sample(logits);
        const expected = reference(logits, temperature);
        const doubt = 3e-6;
        const certain = expected.filter(({ before }) => before < p - doubt).map(({ id }) => id);
        const possible = expected.filter(({ before }, i) => i === 0 || before < p + doubt).map(({ id }) => id);
        const left = sampling.candidates().map(({ id }) => id);
        // Division may make different numbers equal, which then have another order.
        const ids = new Set(left);
        expect(certain.filter((id) => !ids.has(id))).toEqual([]);
        const allowed = new Set(possible);
        expect(left.filter((id) => !allowed.has(id))).toEqual([]);
      }),
      { numRuns: 400 },
    );
  });

  it('has all drawn tokens, each as often as it is probable', () => {
    fc.assert(
      fc.property(some, fc.nat(1e9), fc.boolean(), ([shape, from, size, p, temperature], seed, early) => {
        const logits = make(shape, from, size);
        sampling.begin({
          order: early ? ['temperature', 'top_p'] : ['top_p', 'temperature'],
          topP: p,
          temperature,
          seed,
        });
        const order = reference(logits, early ? temperature : 1).filter(({ before }, i) => i === 0 || before < p);
        const drawn = new Map(reference(logits, temperature).map(({ id, probability }) => [id, probability]));
        const sum = order.reduce((sum, { id }) => sum + drawn.get(id)!, 0);
        // Ten groups of about the same probability, in the order of the tokens.
        const groups = new Map<number, number>();
        const expected = new Array<number>(10).fill(0);
        let reached = 0;
        for (const { id } of order) {
          const group = Math.min(9, Math.floor((10 * reached) / sum));
          groups.set(id, group);
          expected[group]! += drawn.get(id)! / sum;
          reached += drawn.get(id)!;
        }
        const draws = 200;
        const counts = new Array<number>(10).fill(0);
        let strangers = 0;
        for (const id of sampling.draws(logits, draws)) {
          const group = groups.get(id);
          if (group === undefined) ++strangers;
          else ++counts[group]!;
        }
        // The last token by rounding errors.
        expect(strangers).toBeLessThan(2 + (draws * 2) / order.length);
        for (const [group, probability] of expected.entries()) {
          const deviation = Math.sqrt(draws * probability * (1 - probability));
          expect(Math.abs(counts[group]! - draws * probability)).toBeLessThan(6 * deviation + 3);
        }
      }),
      { numRuns: 150 },
    );
  });

  it('is computed from the logits before later samplers change them', () => {
    const logits = normals(21, 500);
    const order = ['top_p', 'penalties'];
    const tokens = reference(Float32Array.from(logits), 1)
      .slice(0, 20)
      .map(({ id }) => id);
    const parameters = { topP: 0.3, repeatLastN: 64, repeatPenalty: 3, frequencyPenalty: 2, presencePenalty: 0 };
    const { candidates: expected } = survivors(logits.map(Math.fround), order, parameters as Parameters, tokens);
    sampling.begin({ ...parameters, order });
    sampling.sample(logits, tokens);
    expect(sampling.candidates().map(({ id }) => id)).toEqual(expected.map(({ id }) => id));
  });
});
