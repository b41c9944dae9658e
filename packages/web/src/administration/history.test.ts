import type { Generation } from '@llama-canister/client';
import { expect, it } from 'vitest';
import { type Sample, Throughput, withSample } from './history.js';

it('keeps fewer samples of longer ago', () => {
  let samples: Sample[] = [];
  for (let time = 0; time < 5_000; time++) samples = withSample(samples, { time, heap: 0, stable: 0 });
  expect(samples.length).toBeLessThanOrEqual(600);
  expect(samples[0]!.time).toBe(0);
  expect(samples.slice(-200).map(({ time }) => time)).toEqual(Array.from({ length: 200 }, (_, i) => 4_800 + i));
});

it('counts the tokens of generations between two looks, including generations that have begun since', () => {
  const job = (id: bigint, promptTokens: number, generatedTokens: number) =>
    ({ id, usage: { promptTokens, cachedTokens: 10, generatedTokens } }) as Generation;
  const throughput = new Throughput();
  expect(throughput.look([job(1n, 20, 5)], 1_000)).toBeUndefined();
  expect(throughput.look([job(1n, 20, 25), job(2n, 20, 0)], 3_000)).toBe(15);
  expect(throughput.look([job(2n, 20, 0)], 4_000)).toBe(0);
});
