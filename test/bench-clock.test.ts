import { expect, it } from 'vitest';
import { clock } from '../bench/clock.js';
import { observeMachine, whyNotKept } from '../bench/machine.js';

const machine = { processor: 'a processor', node: 'v20', loadBefore: 0.2, busyWithOthers: 0.1 };
const measured = (decode: number, busyWithOthers = 0.1) => ({
  model: {
    ours: { decode, prefill: 40 },
    wllama: { decode: 10, prefill: 20 },
    machine: { ...machine, busyWithOthers },
  },
});

it('observes the machine', () => {
  const observed = observeMachine();
  for (const end = performance.now() + 100; performance.now() < end; );
  const { processor, busyWithOthers, loadBefore } = observed();
  expect(processor).not.toBe('');
  expect(loadBefore).toBeGreaterThanOrEqual(0);
  expect(busyWithOthers).toBeGreaterThanOrEqual(0);
});

it('does not keep speeds of a busy machine', () => {
  expect(whyNotKept(machine)).toBeUndefined();
  expect(whyNotKept({ ...machine, loadBefore: 1 })).toMatch(/busy \(load 1\.0 before, 0\.1 processors/);
  expect(whyNotKept({ ...machine, busyWithOthers: 1.5 })).toMatch(/1\.5 processors with other work meanwhile/);
  expect(clock.whyNotKept!(measured(20))).toBeUndefined();
  expect(clock.whyNotKept!({ ...measured(20), ...{ other: measured(20, 2).model } })).toMatch(/busy/);
});

it('compares with wllama, and names the processor beside each speed', () => {
  expect(clock.table(measured(20))).toMatch(
    /model \| 20\.0 \| 40\.0 \| 10\.0 \| 20\.0 \| 2\.00 \| 2\.00 \| a processor/,
  );
  expect(clock.problems(measured(20), {})).toEqual([]);
  expect(clock.problems(measured(12), {})).toEqual(['model: decode is 1.20 times as fast as wllama, less than 1.3']);
});
