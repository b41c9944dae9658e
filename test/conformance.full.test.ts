import { expect, it } from 'vitest';
import { lead } from '../canister/test/reference/step.js';
import { compare } from './conformance/measure.js';
import { casesOf } from './conformance/reference.js';
import { wideModels } from './conformance/wide.js';

it.each(casesOf(wideModels).map((one) => [one.name, one] as const))('%s agrees with llama.cpp', async (_, one) => {
  const result = await compare(one);
  // Rounding decides a lead of less than 0.02. The Phi has one of 0.006, where llama.cpp's own path is 0.1 off.
  const clear = one.reference.f32_steps.filter((step) => lead(step) > 0.02);
  expect(clear.length).toBeGreaterThan(result.steps / 2);
  expect(result.top1).toBeGreaterThanOrEqual(clear.length);
  expect(result.kl).toBeLessThan(1e-5);
  expect(result.klFirst).toBeLessThan(3e-5);
  expect(result.kl).toBeLessThan(result.klLlama!);
});
