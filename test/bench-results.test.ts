import { describe, expect, it } from 'vitest';
import { cases } from '../bench/cases.js';
import type { Measurement } from '../bench/measure.js';
import { check, committed } from '../bench/results.js';

/** The committed result of a case with targets of every kind, changed. */
function changed(change: (measurement: Measurement) => void): Measurement {
  const measurement = committed('qwen2.5-0.5b-q8_0')!;
  change(measurement);
  return measurement;
}

type Change = [what: string, change: (measurement: Measurement) => void];

describe('the comparison with bench/results', () => {
  it.each(cases.map(({ name }) => name))('has a result for %s, and it misses no target', (name) => {
    expect(committed(name)).toBeDefined();
    expect(check(committed(name)!)).toEqual([]);
  });

  it('lets less and up to 2 % more pass', () => {
    const measurement = changed(({ canister, engine }) => {
      canister.instructionsPerToken *= 1.019;
      engine.positions[3]!.instructionsPerToken *= 0.5;
      engine.weightBytes *= 1.019;
    });
    expect(check(measurement)).toEqual([]);
  });

  it.each<Change>([
    ['bytes of weights', ({ engine }) => Object.assign(engine, { weightBytes: engine.weightBytes * 1.021 })],
    ['messages to load', ({ canister }) => Object.assign(canister, { loadMessages: canister.loadMessages + 1 })],
    ['per byte to load', ({ canister }) => Object.assign(canister, { loadPerByte: canister.loadPerByte * 1.021 })],
    ['of a decode step', ({ engine }) => Object.assign(engine.decode, { total: engine.decode.total * 1.021 })],
    ['among eight', ({ engine }) => Object.assign(engine.prefill, { total: engine.prefill.total * 1.021 })],
    ['at 16384 positions', ({ engine: { positions } }) => Object.assign(positions[3]!, { instructionsPerToken: 2e9 })],
  ])('finds more than 2 % more: %s', (what, change) => {
    const found = check(changed(change)).filter((problem) => problem.includes('% more than'));
    expect(found).toEqual([expect.stringContaining(what)]);
  });

  it.each<Change>([
    ['99 tokens per update call, not 100', ({ canister }) => Object.assign(canister, { tokensPerUpdate: 99 })],
    ['69 tokens per call at 4096, not 70', ({ engine }) => Object.assign(engine.positions[2]!, { tokensPerCall: 69 })],
    ['more at 4096 positions', ({ engine }) => Object.assign(engine.positions[2]!, { instructionsPerToken: 6e8 })],
    [
      'of a decode step, not 0.65',
      ({ engine }) => Object.assign(engine.prefill, { total: engine.decode.total * 0.66 }),
    ],
    ['8.1 instructions per byte, not 8', ({ canister }) => Object.assign(canister, { loadPerByte: 8.1 })],
  ])('finds a missed target: %s', (what, change) => {
    expect(check(changed(change))).toEqual(expect.arrayContaining([expect.stringContaining(what)]));
  });
});
