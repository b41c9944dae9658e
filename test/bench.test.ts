import { describe, expect, it } from 'vitest';
import { disagreements } from '../bench/agreement.js';
import { cases } from '../bench/cases.js';
import { check } from '../bench/check.js';
import { inProcess } from '../bench/main.js';
import { REFRESH } from '../bench/results.js';
import { checkedTargets, type TargetName } from '../bench/targets.js';

/** The targets that each of the quick measurements covers; bench.full.test.ts checks the others. */
const told: Record<string, TargetName[]> = {
  'smollm2-135m-q8_0': [],
};

describe('metered counts', () => {
  it('are those of the quick cases', () => {
    expect(cases.filter(({ quick }) => quick).map(({ name }) => name)).toEqual(Object.keys(told));
  });

  // Each measurement has a process of its own, which gives its memory back.
  it.each(Object.entries(told))(
    '%s: no count much worse than in bench/results, no target missed of %j',
    async (name, targets) => {
      const measurement = await inProcess(name, { quick: true });
      expect(check(measurement, { partial: true }), REFRESH).toEqual([]);
      expect(checkedTargets(measurement)).toEqual(targets);
      expect(disagreements(measurement)).toEqual([]);
    },
  );
});
