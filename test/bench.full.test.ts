import { describe, expect, it } from 'vitest';
import { disagreements } from '../bench/agreement.js';
import { cases } from '../bench/cases.js';
import { check } from '../bench/check.js';
import { inProcess } from '../bench/main.js';
import { REFRESH } from '../bench/results.js';

describe('all metered counts', () => {
  // Each measurement has a process of its own, because the largest take several GiB.
  it.each(cases)('$name: no target missed, nothing 2 % worse than bench/results', async ({ name }) => {
    const measurement = await inProcess(name);
    expect(check(measurement), REFRESH).toEqual([]);
    expect(disagreements(measurement)).toEqual([]);
  });
});
