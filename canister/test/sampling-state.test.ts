import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { dryPenalties, mirostatKept, samplers } from './reference/sampling.js';
import { normals, SamplingPart } from './sampling-part.js';

let sampling: SamplingPart;
beforeAll(async () => {
  sampling = await SamplingPart.load();
});

const greedy = { temperature: 0, topK: 0 } as const;
/** What a chain subtracts from each of equal logits after these tokens. */
function taken(count: number, tokens: readonly number[], options: Parameters<SamplingPart['begin']>[0]): number[] {
  expect(sampling.begin({ order: ['dry', 'typ_p'], typicalP: 0.9999999, ...options })).toBe('');
  sampling.sample(new Array<number>(count).fill(0), tokens);
  const left = new Map(sampling.candidates().map(({ id, logit }) => [id, logit]));
  return Array.from({ length: count }, (_, id) => -(left.get(id) ?? Number.NaN));
}

describe('don’t repeat yourself', () => {
  it('penalises tokens that would continue a repetition, by its length', () => {
    // a b c c b c y a b c: c would go on with abc, y with bc, b with c (koboldcpp's example).
    const tokens = [0, 1, 2, 2, 1, 2, 3, 0, 1, 2];
    const at = (allowed: number) =>
      taken(5, tokens, {
        dryMultiplier: 0.5,
        dryBase: 2,
        dryAllowedLength: allowed,
        typicalP: 1,
        order: ['dry', 'top_k'],
      });
    sampling.begin({});
    expect(at(1).slice(1, 4)).toEqual([0.5, 2, 1]);
    expect(at(2)[2]).toBe(1);
    expect(at(3)[2]).toBe(0.5);
  });

  it('matches the reference for any tokens and numbers, with and without a breaker', () => {
    let penalised = 0;
    fc.assert(
      fc.property(
        fc.array(fc.nat(3), { minLength: 1, maxLength: 60 }),
        fc.constantFrom(0.3, 0.8, 2),
        fc.constantFrom(1, 1.1, 1.75, 4),
        fc.constantFrom(-2, 0, 1, 2, 5, 100),
        fc.constantFrom(-1, 1, 7, 30, 64),
        fc.option(fc.nat(3), { nil: undefined }),
        (tokens, dryMultiplier, dryBase, dryAllowedLength, dryLastN, breaker) => {
          const numbers = { dryMultiplier: Math.fround(dryMultiplier), dryBase, dryAllowedLength, dryLastN };
          const expected = dryPenalties(numbers, tokens, (token) => token === breaker);
          sampling.begin({
            ...numbers,
            ...(breaker === undefined ? {} : { breaker }),
            order: ['dry', 'top_k'],
            topK: 9,
          });
          sampling.sample([0, 0, 0, 0, 0], tokens);
          for (const { id, logit } of sampling.candidates()) {
            expect(logit).toBeCloseTo(-(expected.get(id) ?? 0), 4);
            penalised += Number(logit !== 0);
          }
        },
      ),
      { numRuns: 1000 },
    );
    expect(penalised).toBeGreaterThan(300);
  });

  it('is the same for a list as for a whole vocabulary', () => {
    const tokens = normals(1, 300).map((number) => Math.abs(Math.round(number)) % 4);
    const logits = normals(2, 100);
    const after = (order: string[]) => {
      sampling.begin({ order, dryMultiplier: 1, dryLastN: -1, topK: 100, topNSigma: 100 });
      sampling.sample(logits, tokens);
      return sampling.candidates();
    };
    expect(after(['dry', 'top_k'])).toEqual(after(['top_k', 'dry']));
  });

  it('ends after a breaker, and never penalises one', () => {
    const repeated = [5, 6, 7, 8, 5, 6, 7];
    const next = (tokens: number[], breaker?: number) => {
      const options = breaker === undefined ? {} : { breaker };
      sampling.begin({ ...options, ...greedy, dryMultiplier: 10, dryLastN: -1 });
      return sampling.sample([0, 0, 0, 0, 0, 0, 0, 0, 1, 0.5], tokens);
    };
    expect(next(repeated)).toBe(9);
    expect(next(repeated, 6)).toBe(8);
    expect(next(repeated, 8)).toBe(8);
  });

  it('takes time in proportion to the window, for any tokens', () => {
    for (const tokens of [
      new Array<number>(20_000).fill(3),
      normals(3, 20_000).map((n) => Math.round(Math.abs(n)) % 2),
    ]) {
      sampling.begin({ ...greedy, dryMultiplier: 1, dryLastN: -1 });
      const start = performance.now();
      sampling.sample(normals(4, 50), tokens);
      expect(performance.now() - start).toBeLessThan(500);
    }
  });

  it('does not overflow', () => {
    sampling.begin({ ...greedy, dryMultiplier: 1, dryBase: 1000, dryLastN: -1 });
    expect(sampling.sample([5, 1], new Array<number>(2000).fill(0))).toBe(1);
    sampling.begin({ ...greedy, dryMultiplier: 1, dryBase: 1000, dryLastN: -1, dryAllowedLength: -2147483648 });
    expect(sampling.sample([5, 1], new Array<number>(2000).fill(0))).toBe(1);
  });
});

describe('mirostat', () => {
  const sizes = [2, 50, 1000];
  it.each([1, 2])('%d keeps the tokens of its definition, and learns from the drawn token', (version) => {
    let kept = 0;
    for (const size of sizes) {
      for (const target of [0.5, 3, 5, 8]) {
        const rate = 0.1;
        sampling.begin({ mirostat: version, mirostatTarget: target, mirostatRate: rate, temperature: 0.9, seed: 3 });
        let mu = 2 * target;
        for (let position = 0; position < 30; ++position) {
          const logits = normals(100 * size + position, size).map((number) => Math.fround(3 * number));
          const id = sampling.sample(logits, new Array<number>(position).fill(0));
          const cooled = logits.map((logit) => Math.fround(logit / Math.fround(0.9)));
          const sorted = cooled.toSorted((a, b) => b - a);
          const expected = mirostatKept(version, sorted, mu, size);
          const list = sampling.candidates();
          // Rounding of k, or of a probability, may keep one candidate more or less.
          expect(Math.abs(list.length - expected)).toBeLessThanOrEqual(1);
          kept += list.length;
          const weights = list.map(({ logit }) => Math.exp(logit - sorted[0]!));
          const share = Math.exp(cooled[id]! - sorted[0]!) / weights.reduce((a, b) => a + b, 0);
          const [next] = sampling.state;
          expect(next).toBeCloseTo(mu - rate * (-Math.log2(share) - target), 3);
          mu = next;
        }
      }
    }
    expect(kept).toBeGreaterThan(1000);
  });

  it.each([1, 2])('%d reaches the target surprise', (version) => {
    const target = 3;
    sampling.begin({ mirostat: version, mirostatTarget: target, temperature: 1, seed: 1 });
    let surprise = 0;
    for (let position = 0; position < 600; ++position) {
      const logits = normals(position, 500);
      const id = sampling.sample(logits, new Array<number>(position).fill(0));
      const list = sampling.candidates();
      const sum = list.reduce((all, { logit }) => all + Math.exp(logit), 0);
      if (position >= 100) surprise -= Math.log2(Math.exp(logits[id]!) / sum) / 500;
    }
    expect(surprise).toBeGreaterThan(target - 0.5);
    expect(surprise).toBeLessThan(target + 0.5);
  });

  it('replaces all samplers but the temperature', () => {
    const logits = normals(7, 400);
    for (const version of [1, 2]) {
      sampling.begin({
        mirostat: version,
        topK: 1,
        minP: 1,
        repeatPenalty: 9,
        order: ['top_k'],
        seed: 2,
        mirostatTarget: 9,
      });
      const drawn = new Set(
        Array.from({ length: 50 }, (_, i) => sampling.sample(logits, new Array<number>(i).fill(0))),
      );
      expect(drawn.size).toBeGreaterThan(10);
      sampling.begin({ mirostat: version, temperature: 0 });
      expect(sampling.sample(logits)).toBe(logits.indexOf(Math.max(...logits)));
    }
  });

  it('takes any numbers', () => {
    for (const version of [1, 2]) {
      for (const [mirostatTarget, mirostatRate] of [
        [-5, 0.1],
        [0, 0],
        [1e30, 0.1],
        [5, 1e30],
        [5, -1],
        [200, 0.1],
      ]) {
        sampling.begin({ mirostat: version, mirostatTarget: mirostatTarget!, mirostatRate: mirostatRate!, seed: 5 });
        for (let position = 0; position < 20; ++position) {
          const id = sampling.sample(normals(position, 30), new Array<number>(position).fill(0));
          expect(id).toBeGreaterThanOrEqual(0);
        }
        expect(sampling.sample([Number.NaN, 3], [0])).toBe(1);
        expect(sampling.sample([3, Number.NEGATIVE_INFINITY], [0])).toBe(0);
      }
    }
  });
});

describe('adaptive p', () => {
  const order = ['adaptive_p', 'temperature'];
  it('favours tokens with the target probability, wherever it is in the order', () => {
    const logits = [3, 2, 1, 0].map(Math.fround);
    const sum = logits.reduce((all, logit) => all + Math.exp(logit), 0);
    sampling.begin({ order, temperature: 1, adaptiveTarget: 0.25, adaptiveDecay: 0.5 });
    sampling.sample(logits);
    for (const { id, logit } of sampling.candidates()) {
      const distance = Math.abs(Math.exp(logits[id]!) / sum - 0.25) / 0.3;
      expect(logit).toBeCloseTo(5 - (10 * distance ** 2) / (1 + distance), 4);
    }
  });

  it('learns from the drawn token', () => {
    const logits = [3, 2, 1, 0];
    const sum = logits.reduce((all, logit) => all + Math.exp(logit), 0);
    sampling.begin({ order, temperature: 1, adaptiveTarget: 0.25, adaptiveDecay: 0.5, seed: 9 });
    let [weighted, total] = [0.5, 2];
    for (let position = 0; position < 40; ++position) {
      const id = sampling.sample(logits, new Array<number>(position).fill(0));
      weighted = Math.exp(logits[id]!) / sum + 0.5 * weighted;
      total = 1 + 0.5 * total;
      expect(sampling.state[0]).toBeCloseTo(weighted, 4);
      expect(sampling.state[1]).toBeCloseTo(total, 4);
    }
  });

  it('does nothing without a target', () => {
    const logits = normals(3, 50);
    const drawn = (options: object) => {
      sampling.begin({ temperature: 1, seed: 4, ...options });
      return Array.from({ length: 30 }, (_, i) => sampling.sample(logits, new Array<number>(i).fill(0)));
    };
    expect(drawn({ order: ['temperature', 'adaptive_p'] })).toEqual(drawn({ order: ['temperature'] }));
  });
});

describe('min p', () => {
  it('above 1 keeps the most probable token, as in llama.cpp', () => {
    for (const minP of [1.0000001, 1.5, 1e30]) {
      for (const order of [['min_p'], ['top_k', 'min_p'], ['typ_p', 'min_p'], ['min_p', 'temperature']]) {
        sampling.begin({ order, minP, topK: 40, typicalP: 0.99, seed: 1 });
        expect(sampling.sample([1, 3, 2, 3])).toBe(1);
      }
    }
  });
});

it('the reference knows all samplers', () => {
  expect(Object.keys(samplers).length).toBe(8);
});
