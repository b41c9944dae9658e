import { expect, it } from 'vitest';
import { compare } from './conformance/measure.js';
import { casesOf } from './conformance/reference.js';
import { wideModels } from './conformance/wide.js';

it.each(casesOf(wideModels).map((one) => [one.name, one] as const))('%s agrees with llama.cpp', async (_, one) => {
  const result = await compare(one);
  expect(result.top1).toBe(result.steps);
  expect(result.kl).toBeLessThan(1e-5);
  expect(result.klFirst).toBeLessThan(3e-5);
  expect(result.kl).toBeLessThan(result.klLlama!);
});
