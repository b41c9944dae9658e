import { describe, expect, it } from 'vitest';
import { cases } from '../bench/cases.js';
import { inProcess } from '../bench/main.js';
import { check, REFRESH } from '../bench/results.js';

describe('metered counts', () => {
  // Each in a process of its own: the largest take several GiB.
  it.each(cases.filter(({ quick }) => !quick))(
    '$name: no target missed, nothing 2 % worse than bench/results',
    async ({ name }) => {
      expect(check(await inProcess(name, undefined, false)), REFRESH).toEqual([]);
    },
  );
});
