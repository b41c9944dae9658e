/**
 * How much generations of models with true shapes pay for pages of memory: a tenth of their messages. Takes minutes and
 * gigabytes.
 */
import { expect, it } from 'vitest';
import { measureJobs, PAGE_CHARGES } from '../bench/jobs.js';

it.each(Object.entries(PAGE_CHARGES))(
  'a generation of %s pays less than %s %% for pages',
  {
    timeout: 1_800_000,
  },
  async (name, most) => {
    const { messages, instructions, charges, longest, length } = await measureJobs(name, 1);
    expect(messages).toBeGreaterThan(3);
    expect((100 * charges) / instructions).toBeLessThan(most);
    expect(longest).toBeLessThanOrEqual(length);
    expect(longest).toBeGreaterThan(0.9 * length);
  },
);
