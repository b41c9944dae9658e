import { describe, expect, it } from 'vitest';
import { cases } from '../bench/cases.js';
import { measureCase } from '../bench/measure.js';
import { check, REFRESH } from '../bench/results.js';

describe('metered counts', () => {
  it.each(cases.filter(({ quick }) => quick))(
    '$name: no target missed, nothing 2 % worse than bench/results',
    { timeout: 300_000 },
    async (one) => {
      expect(check(await measureCase(one, { positions: [128] })), REFRESH).toEqual([]);
    },
  );
});
