import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { Part } from './part.js';
import { drawn, type Parameters, randomNumbers, samplers, survivors } from './reference/sampling.js';

/** Exports of testing/sampling.ts. */
interface Exports {
  sampling_begin(): void;
  sampling_set(parameter: number, value: number): void;
  sampling_order(ptr: number, length: number, asLetters: number): number;
  sampling_bias(id: number, bias: number): void;
  sampling_check(): void;
  sampling_allow(factor: number): void;
  sampling_sample(logits: number, size: number, tokens: number, count: number): number;
  sampling_count(): number;
  sampling_id(index: number): number;
  sampling_logit(index: number): number;
  random_begin(seed: bigint, position: bigint): void;
  random_next(): number;
  exp(x: number): number;
}

/** The parameters that testing/sampling.ts knows, in its order. */
const parameterNames = [
  'seed',
  'temperature',
  'topK',
  'topP',
  'minP',
  'typicalP',
  'topNSigma',
  'xtcProbability',
  'xtcThreshold',
  'repeatLastN',
  'repeatPenalty',
  'frequencyPenalty',
  'presencePenalty',
  'dynamicRange',
  'dynamicExponent',
  'dryMultiplier',
] as const;

interface Options extends Partial<Record<(typeof parameterNames)[number], number>> {
  order?: readonly string[] | string;
  bias?: readonly (readonly [number, number])[];
  allow?: number;
}

let part: Part<Exports>;
beforeAll(async () => {
  part = await Part.load<Exports>('testing/sampling.ts');
});

const bytesOf = (numbers: Float32Array | Int32Array) =>
  new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength);

/** Begins a chain; what is wrong with its order or its parameters, or an empty text. */
function begin({ order, bias = [], allow = 0, ...parameters }: Options): string {
  const { exports } = part;
  exports.sampling_begin();
  for (const [i, name] of parameterNames.entries()) {
    const value = parameters[name];
    if (value !== undefined) exports.sampling_set(i, value);
  }
  if (order !== undefined) {
    const text = typeof order === 'string' ? order : order.join(';');
    const letters = typeof order === 'string' ? 1 : 0;
    if (!part.withText(text, (ptr, length) => exports.sampling_order(ptr, length, letters))) return part.said();
  }
  for (const [id, value] of bias) exports.sampling_bias(id, value);
  exports.sampling_allow(allow);
  exports.sampling_check();
  return part.said();
}

/** The token that follows `tokens`; -1 if there is none. */
function sample(logits: readonly number[] | Float32Array, tokens: readonly number[] = []): number {
  const content = Float32Array.from(logits);
  return part.with(bytesOf(content), (ptr) =>
    part.with(bytesOf(Int32Array.from(tokens)), (history) => {
      const id = part.exports.sampling_sample(ptr, content.length, history, tokens.length);
      // Sampling leaves the logits as they were.
      expect(Buffer.compare(part.bytes(ptr, content.byteLength), bytesOf(content))).toBe(0);
      return id;
    }),
  );
}

/** The list of candidates that the last sample drew from, the best first. */
function candidates(): { id: number; logit: number }[] {
  const count = part.exports.sampling_count();
  if (count < 0) throw new Error('there is no list');
  const list = Array.from({ length: count }, (_, i) => ({
    id: part.exports.sampling_id(i) >>> 0,
    logit: part.exports.sampling_logit(i),
  }));
  return list.sort((a, b) => b.logit - a.logit || a.id - b.id);
}

/** Numbers that are roughly normal with variance 1. */
function normals(seed: number, size: number): number[] {
  const numbers = randomNumbers(BigInt(seed), 0n);
  const normal = () => {
    let sum = -6;
    for (let i = 0; i < 12; ++i) sum += numbers.next().value!;
    return sum;
  };
  return Array.from({ length: size }, normal);
}

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
const parameters: fc.Arbitrary<Parameters> = fc.record({
  temperature: fc.constantFrom(0, 0.3, 0.8, 1, 2),
  topK: fc.constantFrom(0, 1, 5, 40, 100_000),
  topP: fc.constantFrom(0, 0.3, 0.9, 0.95, 1),
  minP: fc.constantFrom(0, 0.05, 0.3, 1),
  typicalP: fc.constantFrom(0.3, 0.9, 1),
  topNSigma: fc.constantFrom(-1, 0.5, 2),
  repeatLastN: fc.constantFrom(-1, 0, 3, 64),
  repeatPenalty: fc.constantFrom(1, 1.3),
  frequencyPenalty: fc.constantFrom(0, 0.5),
  presencePenalty: fc.constantFrom(0, 0.25),
  dynamicRange: fc.constantFrom(0, 0, 0.2, 1),
  dynamicExponent: fc.constantFrom(1, 0.5, 2),
});
const history = fc.array(fc.nat(40), { maxLength: 30 });
const allFinite = (logits: readonly number[]) => logits.some((logit) => logit > Number.NEGATIVE_INFINITY);

describe('a chain', () => {
  it('leaves what the definitions leave, in any order of its samplers', () => {
    const order = fc.shuffledSubarray(Object.keys(samplers));
    let compared = 0;
    fc.assert(
      fc.property(manyLogits.filter(allFinite), order, parameters, history, (numbers, order, parameters, tokens) => {
        const logits = numbers.map(Math.fround);
        const { candidates: expected, doubt } = survivors(logits, order, parameters, tokens);
        expect(begin({ ...parameters, order, seed: 7 })).toBe('');
        const id = sample(logits, tokens);
        if (doubt < 1e-4) return;
        expect(expected.map(({ id }) => id)).toContain(id);
        if (part.exports.sampling_count() < 0) return;
        ++compared;
        const left = candidates();
        expect(left.map(({ id }) => id).sort()).toEqual(expected.map(({ id }) => id).sort());
        for (const [i, { logit }] of left.entries()) {
          const distance = Math.abs(logit - expected[i]!.logit);
          expect(distance).toBeLessThan(1e-5 * (5 + Math.abs(logit)));
        }
      }),
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
    begin({ ...parameters, order, seed: 3 });
    const { candidates: expected } = survivors(logits, order, parameters as Parameters, []);
    const counts = new Map<number, number>();
    const draws = 6000;
    part.with(bytesOf(Float32Array.from(logits)), (ptr) =>
      part.with(bytesOf(new Int32Array(draws)), (history) => {
        for (let position = 0; position < draws; ++position) {
          const id = part.exports.sampling_sample(ptr, logits.length, history, position);
          counts.set(id, (counts.get(id) ?? 0) + 1);
        }
      }),
    );
    for (const { id, probability } of expected) {
      const deviation = Math.sqrt(draws * probability * (1 - probability));
      expect(Math.abs((counts.get(id) ?? 0) - draws * probability)).toBeLessThan(4.5 * deviation + 1);
    }
    const ids = new Set(expected.map(({ id }) => id));
    expect([...counts.keys()].filter((id) => !ids.has(id))).toEqual([]);
  });

  it('draws with the numbers that belong to seed and position', () => {
    for (const shift of [0, -500, 700]) {
      const logits = [1, 3, 2, 0.5, 2.5].map((logit) => logit + shift);
      for (let position = 0; position < 200; ++position) {
        begin({ order: ['temperature'], temperature: 0.75, seed: 42 });
        const expected = drawn(logits, 0.75, randomNumbers(42n, BigInt(position)));
        expect(sample(logits, new Array<number>(position).fill(1))).toBe(expected);
      }
    }
  });

  it('takes no more memory for many tokens than for few: what is let go is collected only after a call', () => {
    const whole = { topK: 0, topP: 0.5, minP: 0.01, topNSigma: 3 };
    for (const options of [
      {},
      whole,
      { topK: 0, typicalP: 0.9 },
      { topK: 300, xtcProbability: 1, dynamicRange: 0.2 },
    ]) {
      begin(options);
      const logits = Float32Array.from(normals(6, 400));
      const memory = () => part.exports.memory.buffer.byteLength + part.exports.taken();
      const tokens = 20_000;
      part.with(bytesOf(logits), (ptr) =>
        part.with(bytesOf(new Int32Array(tokens)), (history) => {
          const sampleUpTo = (end: number) => {
            for (let at = 0; at < end; ++at) part.exports.sampling_sample(ptr, logits.length, history, at);
          };
          sampleUpTo(100);
          const before = memory();
          sampleUpTo(tokens);
          expect(memory()).toBe(before);
        }),
      );
    }
  });

  it('depends on nothing but the sequence', () => {
    const logits = normals(11, 500).map((number) => number * 3);
    const run = (from: readonly number[], count: number) => {
      const tokens = [...from];
      for (let i = 0; i < count; ++i) tokens.push(sample(logits, tokens));
      return tokens;
    };
    const options = { seed: 9, repeatPenalty: 1.2, frequencyPenalty: 0.1 };
    begin(options);
    const whole = run([1, 2, 3], 40);
    begin(options);
    const half = run([1, 2, 3], 17);
    begin(options);
    expect(run(half, 23)).toEqual(whole);
    begin({ ...options, seed: 10 });
    expect(run([1, 2, 3], 40)).not.toEqual(whole);
  });

  it('is llama.cpp’s where nothing is asked for', () => {
    const logits = normals(2, 2000).map((number) => Math.fround(number * 4));
    begin({});
    sample(logits);
    const defaults = { temperature: 0.8, topK: 40, topP: 0.95, minP: 0.05 } as Parameters;
    const { candidates: expected } = survivors(logits, ['top_k', 'top_p', 'min_p', 'temperature'], defaults, []);
    expect(candidates().map(({ id }) => id)).toEqual(expected.map(({ id }) => id));
  });
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

  it('is just what reaches its probability', () => {
    fc.assert(
      fc.property(some, ([shape, seed, size, p, temperature]) => {
        const logits = make(shape, seed, size);
        // top-k that keeps all shows what is left.
        begin({ order: ['temperature', 'top_p', 'top_k'], topK: 1 << 20, topP: p, temperature });
        if (temperature === 1) begin({ order: ['top_p', 'top_k'], topK: 1 << 20, topP: p });
        sample(logits);
        const expected = reference(logits, temperature);
        const doubt = 3e-6;
        const certain = expected.filter(({ before }) => before < p - doubt).map(({ id }) => id);
        const possible = expected.filter(({ before }, i) => i === 0 || before < p + doubt).map(({ id }) => id);
        const left = candidates().map(({ id }) => id);
        // Dividing may make equals of what is not, and then they are in another order.
        const ids = new Set(left);
        expect(certain.filter((id) => !ids.has(id))).toEqual([]);
        const allowed = new Set(possible);
        expect(left.filter((id) => !allowed.has(id))).toEqual([]);
      }),
      { numRuns: 400 },
    );
  });

  it('is all that is drawn from, each as often as it is probable', () => {
    fc.assert(
      fc.property(some, fc.nat(1e9), fc.boolean(), ([shape, from, size, p, temperature], seed, early) => {
        const logits = make(shape, from, size);
        begin({ order: early ? ['temperature', 'top_p'] : ['top_p', 'temperature'], topP: p, temperature, seed });
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
        part.with(bytesOf(logits), (ptr) =>
          part.with(bytesOf(new Int32Array(draws)), (history) => {
            for (let position = 0; position < draws; ++position) {
              const group = groups.get(part.exports.sampling_sample(ptr, size, history, position));
              if (group === undefined) ++strangers;
              else ++counts[group]!;
            }
          }),
        );
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

  it('is of the logits as they were when it was asked for', () => {
    const logits = normals(21, 500);
    const order = ['top_p', 'penalties'];
    const tokens = reference(Float32Array.from(logits), 1)
      .slice(0, 20)
      .map(({ id }) => id);
    const parameters = { topP: 0.3, repeatLastN: 64, repeatPenalty: 3, frequencyPenalty: 2, presencePenalty: 0 };
    const { candidates: expected } = survivors(logits.map(Math.fround), order, parameters as Parameters, tokens);
    begin({ ...parameters, order });
    sample(logits, tokens);
    expect(candidates().map(({ id }) => id)).toEqual(expected.map(({ id }) => id));
  });
});

describe('a temperature', () => {
  it.each([1e-45, 1e-38, 1e-30, 1e-20])('of %d leaves the greatest, of any logits', (temperature) => {
    for (const order of [
      ['temperature'],
      ['temperature', 'temperature'],
      ['top_k', 'temperature'],
      ['temperature', 'min_p'],
    ]) {
      for (const shift of [0, 10, -10]) {
        const logits = normals(3, 200).map((number) => Math.fround(number + shift));
        const greatest = logits.indexOf(Math.max(...logits));
        begin({ order, temperature, topK: 100, minP: 0.1 });
        expect(sample(logits)).toBe(greatest);
        const zero = logits.map((logit) => logit - logits[greatest]!);
        expect(sample(zero)).toBe(greatest);
      }
    }
  });

  it('of 1e38 makes all equally probable', () => {
    begin({ order: ['temperature', 'temperature'], temperature: 1e38, seed: 1 });
    const drawn = new Set<number>();
    for (let position = 0; position < 400; ++position) {
      drawn.add(sample([-30, 0, 30, 60], new Array<number>(position).fill(0)));
    }
    expect(drawn.size).toBe(4);
  });
});

describe('greedy', () => {
  it('takes the greatest logit, the lowest id of equals, wherever it stands', () => {
    for (const size of [1, 3, 16, 17, 100, 4099]) {
      for (const order of [['temperature'], ['top_k', 'temperature'], ['top_p', 'min_p', 'temperature']]) {
        begin({ temperature: 0, order });
        const logits = new Array<number>(size).fill(-1);
        for (const at of [0, size >> 1, size - 1]) {
          expect(sample(logits.with(at, 2))).toBe(at);
          expect(sample(logits.with(at, 2).with(size - 1, 2))).toBe(at);
        }
        expect(sample(logits)).toBe(0);
        expect(sample([...logits, -0, 0])).toBe(size);
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

  it('that are no numbers are no candidates', () => {
    for (const kind of kinds) {
      begin(kind);
      const logits = new Array<number>(50).fill(Number.NaN);
      expect(sample(logits)).toBe(-1);
      expect(part.said()).toMatch(/no token is left to choose from/);
      expect(sample(logits.with(33, -5))).toBe(33);
      expect(sample(logits.fill(Number.NEGATIVE_INFINITY).with(7, -1e30))).toBe(7);
    }
  });

  it('that are infinite are certain', () => {
    for (const kind of kinds) {
      begin(kind);
      expect(sample(new Array<number>(50).fill(3).with(20, Number.POSITIVE_INFINITY))).toBe(20);
    }
  });

  it('of an empty vocabulary leave nothing', () => {
    begin({});
    expect(sample([])).toBe(-1);
  });

  it('of any kind never trap', () => {
    const number = fc.oneof(fc.float(), fc.constantFrom(Number.NaN, 3e38, -3e38, 1e-45, Number.POSITIVE_INFINITY));
    fc.assert(
      fc.property(fc.array(number, { maxLength: 40 }), parameters, fc.boolean(), (logits, parameters, whole) => {
        begin({ ...parameters, ...(whole ? { topK: 0 } : {}), xtcProbability: 0.5 });
        const id = sample(logits, [0, 1, 1, -5, 1 << 30]);
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
    begin({ ...greedy, bias: [[4, 10]] });
    expect(sample(logits)).toBe(4);
    begin({
      ...greedy,
      bias: [
        [0, Number.NEGATIVE_INFINITY],
        [1, Number.NEGATIVE_INFINITY],
        [99, 3],
        [-1, 3],
      ],
    });
    expect(sample(logits)).toBe(2);
    begin({
      ...greedy,
      bias: [
        [2, 1.5],
        [2, 1.5],
      ],
    });
    expect(sample(logits)).toBe(2);
  });

  it('a mask is obeyed, and asked about the rest only where it has to be', () => {
    begin({ temperature: 0, allow: 4 });
    expect(sample(logits)).toBe(0);
    begin({ temperature: 0, allow: 4, bias: [[0, -100]] });
    expect(sample(logits)).toBe(4);
    begin({ order: [], allow: 3, seed: 1 });
    for (let position = 0; position < 50; ++position) {
      expect(sample(logits, new Array<number>(position).fill(0)) % 3).toBe(0);
    }
    begin({ temperature: 0, allow: 7 });
    expect(sample([Number.NEGATIVE_INFINITY, ...logits])).toBe(-1);
  });

  it('xtc drops all but the least of the top choices, as often as it is told to', () => {
    const order = ['xtc'];
    const numbers = [3, 2.9, 2.8, -3, -4];
    begin({ order, xtcProbability: 1, xtcThreshold: 0.1 });
    sample(numbers);
    expect(candidates().map(({ id }) => id)).toEqual([2, 3, 4]);
    begin({ order, xtcProbability: 1, xtcThreshold: 0.6 });
    sample(numbers);
    expect(part.exports.sampling_count()).toBe(-1);
    begin({ order, xtcProbability: 0.3, xtcThreshold: 0.1, seed: 4 });
    let excluded = 0;
    for (let position = 0; position < 300; ++position) {
      sample(numbers, new Array<number>(position).fill(0));
      if (part.exports.sampling_count() === 3) ++excluded;
    }
    expect(excluded).toBeGreaterThan(60);
    expect(excluded).toBeLessThan(120);
  });
});

describe('what is asked for', () => {
  it('can be written in llama.cpp’s ways', () => {
    const logits = [1, 2, 3, 4];
    begin({ order: ['top-k', 'temp'], topK: 2, temperature: 1 });
    sample(logits);
    expect(candidates().map(({ id }) => id)).toEqual([3, 2]);
    expect(begin({ order: 'edskypmxt' })).toBe('');
    expect(begin({ order: 'kt', topK: 1 })).toBe('');
    sample(logits);
    expect(candidates().map(({ id }) => id)).toEqual([3]);
    expect(begin({ order: [' penalties ', '', 'nucleus', 'typ', 'min-p', 'top-n-sigma'] })).toBe('');
  });

  it('is refused by name where it is not supported', () => {
    expect(begin({ order: ['top_k', 'mirostat'] })).toBe('the sampler "mirostat" is not supported');
    expect(begin({ order: ['infill'] })).toBe('the sampler "infill" is not supported');
    expect(begin({ order: 'kz' })).toBe('the sampler "z" is not supported');
    expect(begin({ order: new Array<string>(65).fill('top_k') })).toBe('65 samplers; at most 64 are accepted');
    expect(begin({ dryMultiplier: 0.8 })).toBe('the sampler "dry" is not supported');
    expect(begin({ temperature: Number.NaN })).toBe('the sampling parameter temp is not a finite number');
    expect(begin({ presencePenalty: Number.POSITIVE_INFINITY })).toMatch(/presence-penalty is not a finite/);
    expect(begin({ repeatPenalty: 0 })).toMatch(/repeat penalty is 0.0; it has to be above 0/);
    expect(begin({ repeatLastN: -2 })).toMatch(/repeat-last-n is -2/);
  });
});

describe('arithmetic', () => {
  it('of random numbers is what random.ts says', () => {
    for (const [seed, position] of [
      [0n, 0n],
      [42n, 7n],
      [0xffffffffn, 2n ** 40n],
    ] as const) {
      part.exports.random_begin(seed, position);
      const expected = randomNumbers(seed, position);
      for (let i = 0; i < 20; ++i) expect(part.exports.random_next()).toBe(expected.next().value);
    }
    // The first number of seed 0 at position 0, written down so that it can never change unnoticed.
    part.exports.random_begin(0n, 0n);
    expect(part.exports.random_next()).toBe(0.33805245419550545);
  });

  it('of e^x is right to two units in the last place, and 0 where it underflows', () => {
    expect(part.exports.exp(0)).toBe(1);
    expect(part.exports.exp(-88)).toBe(0);
    expect(part.exports.exp(Number.NEGATIVE_INFINITY)).toBe(0);
    expect(part.exports.exp(Number.NaN)).toBe(0);
    for (let x = 0; x > -86; x -= 0.01037) {
      const exact = Math.exp(Math.fround(x));
      expect(Math.abs(part.exports.exp(x) - exact) / exact).toBeLessThan(2 ** -22);
    }
  });
});
