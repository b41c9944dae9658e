import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { drawn, type Parameters, randomNumbers, samplers, survivors } from './reference/sampling.js';
import { bytesOf, normals, SamplingPart, someParameters } from './sampling-part.js';

let sampling: SamplingPart;
beforeAll(async () => {
  sampling = await SamplingPart.load();
});

const logit = fc.oneof(
  { weight: 12, arbitrary: fc.double({ min: -12, max: 12, noNaN: true }) },
  { weight: 1, arbitrary: fc.constantFrom(0, -0, 5, 5, Number.NEGATIVE_INFINITY) },
);
const manyLogits = fc.oneof(
  fc.array(logit, { minLength: 1, maxLength: 100 }),
  fc
    .tuple(fc.nat(), fc.integer({ min: 300, max: 2000 }), fc.constantFrom(0.5, 2, 5))
    .map(([seed, size, width]) => normals(seed, size).map((number) => number * width)),
);
const history = fc.array(fc.nat(40), { maxLength: 30 });
const allFinite = (logits: readonly number[]) => logits.some((logit) => logit > Number.NEGATIVE_INFINITY);

describe('a chain', () => {
  it('leaves the same tokens as the definitions, in any order of its samplers', () => {
    const order = fc.shuffledSubarray(Object.keys(samplers));
    let compared = 0;
    fc.assert(
      fc.property(
        manyLogits.filter(allFinite),
        order,
        someParameters,
        history,
        (numbers, order, parameters, tokens) => {
          const logits = numbers.map(Math.fround);
          const { candidates: expected, doubt } = survivors(logits, order, parameters, tokens);
          expect(sampling.begin({ ...parameters, order, seed: 7 })).toBe('');
          const id = sampling.sample(logits, tokens);
          if (doubt < 1e-4) return;
          expect(expected.map(({ id }) => id)).toContain(id);
          if (sampling.part.exports.sampling_count() < 0) return;
          ++compared;
          const left = sampling.candidates();
          expect(left.map(({ id }) => id).sort()).toEqual(expected.map(({ id }) => id).sort());
          for (const [i, { logit }] of left.entries()) {
            const distance = Math.abs(logit - expected[i]!.logit);
            expect(distance).toBeLessThan(1e-5 * (5 + Math.abs(logit)));
          }
        },
      ),
      { numRuns: 500 },
    );
    expect(compared).toBeGreaterThan(150);
  });

  const all = { temperature: 0.9, topK: 0, topP: 1, minP: 0, topNSigma: -1 };
  const normal = (size: number, width: number, shift = 0) =>
    normals(5, size).map((number) => Math.fround(number * width + shift));
  it.each([
    ['everything', normal(300, 2), all],
    ['everything at a low temperature', normal(300, 2, 40), { ...all, temperature: 0.2 }],
    ['everything, far below 0', normal(300, 2, -400), all],
    ['the best', normal(300, 2), { ...all, topK: 20, topP: 0.95, minP: 0.05 }],
    ['a nucleus', normal(300, 2), { ...all, topP: 0.9 }],
    ['a small nucleus', normal(300, 2), { ...all, topP: 0.1 }],
    ['a flat nucleus', normal(1000, 0.3), { ...all, topP: 0.5 }],
    ['half of many equals', new Array<number>(100).fill(2), { ...all, topP: 0.495 }],
    ['a nucleus above a least probability', normal(300, 2), { ...all, topP: 0.9, minP: 0.02 }],
    ['a least probability', normal(300, 2), { ...all, minP: 0.02 }],
    ['deviations', normal(300, 2), { ...all, topNSigma: 1.5 }],
    ['a nucleus of what deviates', normal(300, 2), { ...all, topNSigma: 2, topP: 0.8 }],
  ])('draws each token as often as it is probable: %s', (_, logits, parameters) => {
    const order = ['top_n_sigma', 'top_k', 'top_p', 'min_p', 'temperature'];
    sampling.begin({ ...parameters, order, seed: 3 });
    const { candidates: expected } = survivors(logits, order, parameters as Parameters, []);
    const counts = new Map<number, number>();
    const draws = 6000;
    for (const id of sampling.draws(Float32Array.from(logits), draws)) counts.set(id, (counts.get(id) ?? 0) + 1);
    for (const { id, probability } of expected) {
      const deviation = Math.sqrt(draws * probability * (1 - probability));
      expect(Math.abs((counts.get(id) ?? 0) - draws * probability)).toBeLessThan(4.5 * deviation + 1);
    }
    const ids = new Set(expected.map(({ id }) => id));
    expect([...counts.keys()].filter((id) => !ids.has(id))).toEqual([]);
  });

  it('draws with the random numbers of seed and position', () => {
    for (const shift of [0, -500, 700]) {
      const logits = [1, 3, 2, 0.5, 2.5].map((logit) => logit + shift);
      for (let position = 0; position < 200; ++position) {
        sampling.begin({ order: ['temperature'], temperature: 0.75, seed: 42 });
        const expected = drawn(logits, 0.75, randomNumbers(42n, BigInt(position)));
        expect(sampling.sample(logits, new Array<number>(position).fill(1))).toBe(expected);
      }
    }
  });

  it('takes no more memory for many tokens than for few: garbage is collected only after a call', () => {
    const whole = { topK: 0, topP: 0.5, minP: 0.01, topNSigma: 3 };
    for (const options of [
      {},
      whole,
      { topK: 0, typicalP: 0.9 },
      { topK: 300, xtcProbability: 1, dynamicRange: 0.2 },
    ]) {
      sampling.begin(options);
      const logits = Float32Array.from(normals(6, 400));
      const memory = () => sampling.part.exports.memory.buffer.byteLength + sampling.part.exports.taken();
      const tokens = 20_000;
      sampling.part.with(bytesOf(logits), (ptr) =>
        sampling.part.with(bytesOf(new Int32Array(tokens)), (history) => {
          const sampleUpTo = (end: number) => {
            for (let at = 0; at < end; ++at) sampling.part.exports.sampling_sample(ptr, logits.length, history, at);
          };
          sampleUpTo(100);
          const before = memory();
          sampleUpTo(tokens);
          expect(memory()).toBe(before);
        }),
      );
    }
  });

  it('depends only on the sequence', () => {
    const logits = normals(11, 500).map((number) => number * 3);
    const run = (from: readonly number[], count: number) => {
      const tokens = [...from];
      for (let i = 0; i < count; ++i) tokens.push(sampling.sample(logits, tokens));
      return tokens;
    };
    const options = { seed: 9, repeatPenalty: 1.2, frequencyPenalty: 0.1 };
    sampling.begin(options);
    const whole = run([1, 2, 3], 40);
    sampling.begin(options);
    const half = run([1, 2, 3], 17);
    sampling.begin(options);
    expect(run(half, 23)).toEqual(whole);
    sampling.begin({ ...options, seed: 10 });
    expect(run([1, 2, 3], 40)).not.toEqual(whole);
  });

  it('is llama.cpp’s default if there are no flags', () => {
    const logits = normals(2, 2000).map((number) => Math.fround(number * 4));
    sampling.begin({});
    sampling.sample(logits);
    const defaults = { temperature: 0.8, topK: 40, topP: 0.95, minP: 0.05 } as Parameters;
    const { candidates: expected } = survivors(logits, ['top_k', 'top_p', 'min_p', 'temperature'], defaults, []);
    expect(sampling.candidates().map(({ id }) => id)).toEqual(expected.map(({ id }) => id));
  });
});

describe('a flag for sampling', () => {
  it('can be written in all of llama.cpp’s ways', () => {
    const logits = [1, 2, 3, 4];
    sampling.begin({ order: ['top-k', 'temp'], topK: 2, temperature: 1 });
    sampling.sample(logits);
    expect(sampling.candidates().map(({ id }) => id)).toEqual([3, 2]);
    expect(sampling.begin({ order: 'edskypmxt' })).toBe('');
    expect(sampling.begin({ order: 'kt', topK: 1 })).toBe('');
    sampling.sample(logits);
    expect(sampling.candidates().map(({ id }) => id)).toEqual([3]);
    expect(sampling.begin({ order: [' penalties ', '', 'nucleus', 'typ', 'min-p', 'top-n-sigma'] })).toBe('');
  });

  it('is refused with its name if it is not supported', () => {
    expect(sampling.begin({ order: ['top_k', 'mirostat'] })).toBe('the sampler "mirostat" is not supported');
    expect(sampling.begin({ order: ['infill'] })).toBe('the sampler "infill" is not supported');
    expect(sampling.begin({ order: 'kz' })).toBe('the sampler "z" is not supported');
    expect(sampling.begin({ order: new Array<string>(65).fill('top_k') })).toBe('65 samplers; at most 64 are accepted');
    expect(sampling.begin({ temperature: Number.NaN })).toBe('--temp NaN: it is no number');
    expect(sampling.begin({ presencePenalty: 1e39 })).toBe('--presence-penalty 1e+39: it is too large');
    expect(sampling.begin({ repeatPenalty: 0 })).toBe('--repeat-penalty 0: above 0 is accepted');
    expect(sampling.begin({ repeatLastN: -2 })).toBe('--repeat-last-n -2: -1 or more is accepted');
  });
});
