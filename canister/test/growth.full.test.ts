/** What calls cost with 10, 1,000 and 10,000 of everything; docs/administration.md has what it prints. */
import { expect, it } from 'vitest';
import { measure, THINGS, type Thing } from './growth.js';

const COUNTS = [10, 1000, 10_000];

it.each(Object.keys(THINGS) as Thing[])('with 10, 1,000 and 10,000 %s', async (thing) => {
  const costs: Record<string, number>[] = [];
  for (const count of COUNTS) costs.push(await measure(thing, count));
  const rows = Object.keys(costs[0]!).map(
    (name) => `| ${name} | ${costs.map((cost) => cost[name]!.toLocaleString('en')).join(' | ')} |`,
  );
  console.log(`${thing}\n| call | ${COUNTS.join(' | ')} |\n| --- | ---: | ---: | ---: |\n${rows.join('\n')}`);
  for (const name of Object.keys(costs[0]!)) {
    if (!name.startsWith('cleanup')) expect(costs[2]![name], name).toBeLessThanOrEqual(costs[0]![name]! + 16 * 160_000);
  }
  expect(costs[2]!['left of them']).toBe(0);
  expect(costs[2]!['cleanup of 1000']).toBeLessThan(200e6);
});
