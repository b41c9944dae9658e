import fc from 'fast-check';
import { expect } from 'vitest';
import { Part } from './part.js';
import { type Parameters, randomNumbers } from './reference/sampling.js';

/** The exports of testing/sampling.ts. */
interface Exports {
  sampling_begin(seed: number): void;
  sampling_set(ptr: number, length: number, value: number): void;
  sampling_order(ptr: number, length: number, asLetters: number): number;
  sampling_bias(id: number, bias: number): void;
  sampling_allow(factor: number): void;
  sampling_break(id: number): void;
  sampling_first(): number;
  sampling_second(): number;
  sampling_sample(logits: number, size: number, tokens: number, count: number): number;
  sampling_count(): number;
  sampling_id(index: number): number;
  sampling_logit(index: number): number;
  random_begin(seed: bigint, position: bigint): void;
  random_next(): number;
  exp(x: number): number;
}

/** Parameters, by the names of their flags. */
const flags = {
  temperature: '--temp',
  topK: '--top-k',
  topP: '--top-p',
  minP: '--min-p',
  typicalP: '--typical',
  topNSigma: '--top-nsigma',
  xtcProbability: '--xtc-probability',
  xtcThreshold: '--xtc-threshold',
  repeatLastN: '--repeat-last-n',
  repeatPenalty: '--repeat-penalty',
  frequencyPenalty: '--frequency-penalty',
  presencePenalty: '--presence-penalty',
  dynamicRange: '--dynatemp-range',
  dynamicExponent: '--dynatemp-exp',
  dryMultiplier: '--dry-multiplier',
  dryBase: '--dry-base',
  dryAllowedLength: '--dry-allowed-length',
  dryLastN: '--dry-penalty-last-n',
  mirostat: '--mirostat',
  mirostatRate: '--mirostat-lr',
  mirostatTarget: '--mirostat-ent',
  adaptiveTarget: '--adaptive-target',
  adaptiveDecay: '--adaptive-decay',
} as const;

export interface Options extends Partial<Record<keyof typeof flags, number>> {
  seed?: number;
  order?: readonly string[] | string;
  bias?: readonly (readonly [number, number])[];
  /** If given, only multiples of this id are allowed. */
  allow?: number;
  /** A sequence breaker: repetitions do not go beyond this token. */
  breaker?: number;
}

export const bytesOf = (numbers: Float32Array | Int32Array) =>
  new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength);

/** The engine's samplers: one chain at a time. */
export class SamplingPart {
  readonly part: Part<Exports>;

  private constructor(part: Part<Exports>) {
    this.part = part;
  }

  static async load(): Promise<SamplingPart> {
    return new SamplingPart(await Part.load<Exports>());
  }

  /** Begins a chain; returns the problem with its order or its parameters, or an empty text. */
  begin({ order, bias = [], allow = 0, breaker, seed = 0, ...parameters }: Options): string {
    const { exports } = this.part;
    exports.sampling_begin(seed);
    for (const [name, flag] of Object.entries(flags)) {
      const value = parameters[name as keyof typeof flags];
      if (value === undefined) continue;
      this.part.withText(flag, (ptr, length) => exports.sampling_set(ptr, length, value));
      const problem = this.part.said();
      if (problem) return `${flag} ${value}: ${problem}`;
    }
    if (order !== undefined) {
      const text = typeof order === 'string' ? order : order.join(';');
      const letters = typeof order === 'string' ? 1 : 0;
      if (!this.part.withText(text, (ptr, length) => exports.sampling_order(ptr, length, letters)))
        return this.part.said();
    }
    for (const [id, value] of bias) exports.sampling_bias(id, value);
    exports.sampling_allow(allow);
    if (breaker !== undefined) exports.sampling_break(breaker);
    return '';
  }

  /** The two numbers that a sampler keeps from token to token. */
  get state(): [number, number] {
    return [this.part.exports.sampling_first(), this.part.exports.sampling_second()];
  }

  /** The token that follows `tokens`; -1 if there is none. */
  sample(logits: readonly number[] | Float32Array, tokens: readonly number[] = []): number {
    const content = Float32Array.from(logits);
    return this.part.with(bytesOf(content), (ptr) =>
      this.part.with(bytesOf(Int32Array.from(tokens)), (history) => {
        const id = this.part.exports.sampling_sample(ptr, content.length, history, tokens.length);
        // Sampling must not change the logits.
        expect(Buffer.compare(this.part.bytes(ptr, content.byteLength), bytesOf(content))).toBe(0);
        return id;
      }),
    );
  }

  /** The tokens that are drawn from the same logits at the positions 0 to `draws` - 1 of a sequence of zeros. */
  draws(logits: Float32Array, draws: number): number[] {
    return this.part.with(bytesOf(logits), (ptr) =>
      this.part.with(bytesOf(new Int32Array(draws)), (history) =>
        Array.from({ length: draws }, (_, position) =>
          this.part.exports.sampling_sample(ptr, logits.length, history, position),
        ),
      ),
    );
  }

  /** The list of candidates that the last sample drew from, the best first. */
  candidates(): { id: number; logit: number }[] {
    const count = this.part.exports.sampling_count();
    if (count < 0) throw new Error('there is no list');
    const list = Array.from({ length: count }, (_, i) => ({
      id: this.part.exports.sampling_id(i) >>> 0,
      logit: this.part.exports.sampling_logit(i),
    }));
    return list.sort((a, b) => b.logit - a.logit || a.id - b.id);
  }
}

/** Numbers that are roughly normal with variance 1. */
export function normals(seed: number, size: number): number[] {
  const numbers = randomNumbers(BigInt(seed), 0n);
  const normal = () => {
    let sum = -6;
    for (let i = 0; i < 12; ++i) sum += numbers.next().value!;
    return sum;
  };
  return Array.from({ length: size }, normal);
}

export const someParameters: fc.Arbitrary<Parameters> = fc.record({
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
  dryMultiplier: fc.constantFrom(0, 0.8, -1),
  dryBase: fc.constantFrom(1, 1.75, 3),
  dryAllowedLength: fc.constantFrom(-1, 0, 1, 2, 3),
  dryLastN: fc.constantFrom(-1, 0, 5, 64),
});
