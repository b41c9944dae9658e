import { describe, expect, it } from 'vitest';
import { Engine } from '../canister/test/engine.js';
import { hasShared } from '../canister/test/shared.js';
import { current, documents } from './conformance/document.js';
import { type Comparison, compare } from './conformance/measure.js';
import { ownCases, sharedCases } from './conformance/reference.js';
import { stories } from './conformance/stories.js';
import { isFull } from './full.js';

const results: Comparison[] = [];

/** As close to f32 as int16 activations allow, and closer than llama.cpp's own path if that rounds more. */
function expectClose(result: Comparison): void {
  expect(result.top1).toBe(result.steps);
  expect(result.kl).toBeLessThan(5e-6);
  expect(result.klFirst).toBeLessThan(5e-6);
  expect(result.worst).toBeLessThan(0.05);
  if (result.klLlama !== undefined && result.klLlama > 1e-6) expect(result.kl).toBeLessThan(result.klLlama);
}

/** The rows of a table, with their numbers separate. */
function cells(table: string): { texts: string[][]; numbers: number[] } {
  const rows = table.split('\n').map((line) => line.split('|').map((cell) => cell.trim()));
  const isNumber = (cell: string) => /^<?\d+e[+-]\d+$/.test(cell);
  return {
    texts: rows.map((row) => row.map((cell) => (isNumber(cell) ? '#' : cell))),
    numbers: rows
      .flat()
      .filter(isNumber)
      .map((cell) => Number(cell.replace('<', ''))),
  };
}

describe('the mini models of the repository', () => {
  it.each(ownCases().map(({ name, reference }) => [name, reference] as const))(
    '%s is neither sure of its tokens nor clueless',
    (_, reference) => {
      const likely = reference.f32_steps.map(({ lse, top5 }) => Math.exp(top5[0]![1] - lse));
      const mean = likely.reduce((a, b) => a + b) / likely.length;
      expect(mean).toBeGreaterThan(0.04);
      expect(mean).toBeLessThan(0.85);
    },
  );

  it.each(ownCases().map((one) => [one.name, one] as const))('%s agrees with llama.cpp', async (_, one) => {
    const result = await compare(one);
    results.push(result);
    expectClose(result);
  });

  it.each(documents.map((document) => [document.path, document] as const))(
    'are the tables of %s (npm run conformance -- --save)',
    (_, document) => {
      const [is, ought] = [cells(current(document)), cells(document.wanted(results))];
      expect(is.texts).toEqual(ought.texts);
      // Numbers have one digit, because the last one may be rounded differently on other machines.
      is.numbers.forEach((value, i) => {
        expect(value / ought.numbers[i]!).toBeGreaterThan(0.4);
        expect(value / ought.numbers[i]!).toBeLessThan(2.5);
      });
    },
  );
});

describe('packed weights', () => {
  // Rows of the others are so short that packing them, 128 inputs at a time, saves no page.
  const packable = ownCases().filter(({ name }) => /-(Q4_K|TQ1_0|mixed)$|^falcon-Q4_0$/.test(name));
  // A model of each type here; all of them, and the maintainers', in test:full.
  const cases = isFull
    ? [...packable, ...sharedCases().filter(({ name }) => /-(q4_0|q4_1|q4_K|Q4_K_M|Q3_K_M)$/.test(name))]
    : packable.filter(({ name }) => /^(llama|falcon)-/.test(name));

  it.each(cases.map((one) => [one.name, one] as const))(
    'of %s are far closer to f32 than llama.cpp',
    async (_, one) => {
      const result = await compare(one, (model, context) => Engine.packed(model, context));
      expect(result.top1).toBe(result.steps);
      expect(result.kl).toBeLessThan(1e-5);
      expect(result.kl).toBeLessThan(result.klLlama! / 200);
      expect(result.klFirst).toBeLessThan(5e-5);
      expect(result.worst).toBeLessThan(0.03);
      // They are packed: without, the distance is another.
      const plain = results.find(({ name }) => name === one.name);
      if (plain) expect(result.kl).not.toBe(plain.kl);
    },
  );
});

describe.skipIf(!hasShared)("the maintainers' mini models", () => {
  // A quarter of them here, and all in test:full: they are of the same kinds as the repository's own.
  const cases = sharedCases().filter((_, i) => isFull || i % 4 === 0);
  it.each(cases.map((one) => [one.name, one] as const))('%s agrees with llama.cpp', async (_, one) => {
    const result = await compare(one);
    expectClose(result);
    expect(result.greedy).toBe(result.steps);
  });

  it('a trained model writes the same text', async () => {
    const greedy = await stories();
    expect(greedy!.tokens).toBeGreaterThanOrEqual(200);
    expect(greedy!.equal).toBe(greedy!.tokens);
  });
});
