/**
 * npm run bench -- --growth: what a call costs that has nothing to do, and some others, by the number of sessions that are in the
 * heap. No call may cost more with many of them, but for the pages that it touches.
 */
import { measure } from '../canister/test/growth.js';
import { type Study, TOLERANCE, tableOf } from './study.js';

const COUNTS = [10, 1000];
/** Most that a call may cost more: ten pages of the heap and of stable memory. */
const PAGES = 10 * 160_000;
const EMPTY = 'run_update, with nothing to do';
const CALLS = [EMPTY, 'new_chat', 'copy_prompt_cache', 'get_usage'];

/** Instructions of each call, in the order of COUNTS. */
type Growth = Record<string, number[]>;

export const growth: Study<Growth> = {
  name: 'growth',

  async measure() {
    const result: Growth = Object.fromEntries(CALLS.map((name) => [name, []]));
    for (const count of COUNTS) {
      const costs = await measure('resident sessions', count);
      for (const name of CALLS) result[name]!.push(costs[name]!);
    }
    return result;
  },

  table: (result) =>
    tableOf(
      ['call', ...COUNTS.map((count) => `${count.toLocaleString('en')} sessions`)],
      Object.entries(result).map(([name, costs]) => [name, ...costs.map((cost) => `${(cost / 1e6).toFixed(2)} M`)]),
    ),

  problems(result, before) {
    const problems: string[] = [];
    for (const [name, costs] of Object.entries(result)) {
      const [few, many] = costs as [number, number];
      if (!(many <= few + PAGES)) problems.push(`${name}: ${many} instructions with many sessions, ${few} with few`);
      const was = before[name];
      if (was === undefined) problems.push(`${name}: no committed result; run with --save`);
      else if (!(many <= was[1]! * (1 + TOLERANCE)))
        problems.push(`${name}: ${many} instructions, more than ${was[1]}`);
    }
    return problems;
  },
};
