import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { randomNumbers } from './reference/sampling.js';
import { normals, SamplingPart, someParameters } from './sampling-part.js';

let sampling: SamplingPart;
beforeAll(async () => {
  sampling = await SamplingPart.load();
});

describe('a temperature', () => {
  it.each([1e-45, 1e-38, 1e-30, 1e-20])('of %d leaves the greatest of any logits', (temperature) => {
    for (const order of [
      ['temperature'],
      ['temperature', 'temperature'],
      ['top_k', 'temperature'],
      ['temperature', 'min_p'],
    ]) {
      for (const shift of [0, 10, -10]) {
        const logits = normals(3, 200).map((number) => Math.fround(number + shift));
        const greatest = logits.indexOf(Math.max(...logits));
        sampling.begin({ order, temperature, topK: 100, minP: 0.1 });
        expect(sampling.sample(logits)).toBe(greatest);
        const zero = logits.map((logit) => logit - logits[greatest]!);
        expect(sampling.sample(zero)).toBe(greatest);
      }
    }
  });

  it('of 1e38 makes all equally probable', () => {
    sampling.begin({ order: ['temperature', 'temperature'], temperature: 1e38, seed: 1 });
    const drawn = new Set<number>();
    for (let position = 0; position < 400; ++position) {
      drawn.add(sampling.sample([-30, 0, 30, 60], new Array<number>(position).fill(0)));
    }
    expect(drawn.size).toBe(4);
  });
});

describe('greedy', () => {
  it('takes the greatest logit, and of equal ones the lowest id, wherever it is', () => {
    for (const size of [1, 3, 16, 17, 100, 4099]) {
      for (const order of [['temperature'], ['top_k', 'temperature'], ['top_p', 'min_p', 'temperature']]) {
        sampling.begin({ temperature: 0, order });
        const logits = new Array<number>(size).fill(-1);
        for (const at of [0, size >> 1, size - 1]) {
          expect(sampling.sample(logits.with(at, 2))).toBe(at);
          expect(sampling.sample(logits.with(at, 2).with(size - 1, 2))).toBe(at);
        }
        expect(sampling.sample(logits)).toBe(0);
        expect(sampling.sample([...logits, -0, 0])).toBe(size);
      }
    }
  });
});

describe('strange logits', () => {
  const kinds = [
    { order: [] },
    { order: ['temperature'], temperature: 0 },
    {},
    { order: ['top_p'] },
    { order: ['typ_p'], typicalP: 0.5 },
  ];

  it('that are NaN are not candidates', () => {
    for (const kind of kinds) {
      sampling.begin(kind);
      const logits = new Array<number>(50).fill(Number.NaN);
      expect(sampling.sample(logits)).toBe(-1);
      expect(sampling.part.said()).toMatch(/no token is left to choose from/);
      expect(sampling.sample(logits.with(33, -5))).toBe(33);
      expect(sampling.sample(logits.fill(Number.NEGATIVE_INFINITY).with(7, -1e30))).toBe(7);
    }
  });

  it('that are infinite are certain to be drawn', () => {
    for (const kind of kinds) {
      sampling.begin(kind);
      expect(sampling.sample(new Array<number>(50).fill(3).with(20, Number.POSITIVE_INFINITY))).toBe(20);
    }
  });

  it('of an empty vocabulary give no token', () => {
    sampling.begin({});
    expect(sampling.sample([])).toBe(-1);
  });

  it('of any kind never trap', () => {
    const number = fc.oneof(fc.float(), fc.constantFrom(Number.NaN, 3e38, -3e38, 1e-45, Number.POSITIVE_INFINITY));
    fc.assert(
      fc.property(fc.array(number, { maxLength: 40 }), someParameters, fc.boolean(), (logits, parameters, whole) => {
        sampling.begin({ ...parameters, ...(whole ? { topK: 0 } : {}), xtcProbability: 0.5 });
        const id = sampling.sample(logits, [0, 1, 1, -5, 1 << 30]);
        if (id >= 0) expect(logits[id]).not.toBeNaN();
        else expect(id).toBe(-1);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('biases, masks and exclusions', () => {
  const logits = [5, 4, 3, 2, 1, 0];

  it('a bias adds to a logit, and -infinity forbids', () => {
    const greedy = { temperature: 0, order: ['temperature'] };
    sampling.begin({ ...greedy, bias: [[4, 10]] });
    expect(sampling.sample(logits)).toBe(4);
    sampling.begin({
      ...greedy,
      bias: [
        [0, Number.NEGATIVE_INFINITY],
        [1, Number.NEGATIVE_INFINITY],
        [99, 3],
        [-1, 3],
      ],
    });
    expect(sampling.sample(logits)).toBe(2);
    sampling.begin({
      ...greedy,
      bias: [
        [2, 1.5],
        [2, 1.5],
      ],
    });
    expect(sampling.sample(logits)).toBe(2);
  });

  it('a mask is obeyed, and is asked only as often as necessary', () => {
    sampling.begin({ temperature: 0, allow: 4 });
    expect(sampling.sample(logits)).toBe(0);
    sampling.begin({ temperature: 0, allow: 4, bias: [[0, -100]] });
    expect(sampling.sample(logits)).toBe(4);
    sampling.begin({ order: [], allow: 3, seed: 1 });
    for (let position = 0; position < 50; ++position) {
      expect(sampling.sample(logits, new Array<number>(position).fill(0)) % 3).toBe(0);
    }
    sampling.begin({ temperature: 0, allow: 7 });
    expect(sampling.sample([Number.NEGATIVE_INFINITY, ...logits])).toBe(-1);
  });

  it('xtc drops all but the least probable of the top choices, with the given probability', () => {
    const order = ['xtc'];
    const numbers = [3, 2.9, 2.8, -3, -4];
    sampling.begin({ order, xtcProbability: 1, xtcThreshold: 0.1 });
    sampling.sample(numbers);
    expect(sampling.candidates().map(({ id }) => id)).toEqual([2, 3, 4]);
    sampling.begin({ order, xtcProbability: 1, xtcThreshold: 0.6 });
    sampling.sample(numbers);
    expect(sampling.part.exports.sampling_count()).toBe(-1);
    sampling.begin({ order, xtcProbability: 0.3, xtcThreshold: 0.1, seed: 4 });
    let excluded = 0;
    for (let position = 0; position < 300; ++position) {
      sampling.sample(numbers, new Array<number>(position).fill(0));
      if (sampling.part.exports.sampling_count() === 3) ++excluded;
    }
    expect(excluded).toBeGreaterThan(60);
    expect(excluded).toBeLessThan(120);
  });
});

describe('arithmetic', () => {
  it('of random numbers is that of random.ts', () => {
    for (const [seed, position] of [
      [0n, 0n],
      [42n, 7n],
      [0xffffffffn, 2n ** 40n],
    ] as const) {
      sampling.part.exports.random_begin(seed, position);
      const expected = randomNumbers(seed, position);
      for (let i = 0; i < 20; ++i) expect(sampling.part.exports.random_next()).toBe(expected.next().value);
    }
    // The first number of seed 0 at position 0, written down so that it can never change unnoticed.
    sampling.part.exports.random_begin(0n, 0n);
    expect(sampling.part.exports.random_next()).toBe(0.33805245419550545);
  });

  it('of e^x is right to two units in the last place, and 0 on underflow', () => {
    expect(sampling.part.exports.exp(0)).toBe(1);
    expect(sampling.part.exports.exp(-88)).toBe(0);
    expect(sampling.part.exports.exp(Number.NEGATIVE_INFINITY)).toBe(0);
    expect(sampling.part.exports.exp(Number.NaN)).toBe(0);
    for (let x = 0; x > -86; x -= 0.01037) {
      const exact = Math.exp(Math.fround(x));
      expect(Math.abs(sampling.part.exports.exp(x) - exact) / exact).toBeLessThan(2 ** -22);
    }
  });
});
