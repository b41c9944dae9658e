/** No call's fixed cost grows with what there is: here to 1,000 of each, in growth.full.test.ts to 10,000. */
import { expect, it } from 'vitest';
import { measure, THINGS, type Thing } from './growth.js';

/** Pages of the heap and of stable memory that are touched or not, at 160,000 instructions each. */
const PAGES = 10 * 160_000;

it.each(Object.keys(THINGS) as Thing[])('calls cost as much with 600 %s as with 10', async (thing) => {
  const few = await measure(thing, 10);
  const many = await measure(thing, 600);
  for (const [name, cost] of Object.entries(few)) {
    if (name.startsWith('cleanup')) expect(many[name], name).toBeLessThan(60e6);
    else expect(many[name], name).toBeLessThanOrEqual(cost + PAGES);
  }
  expect(many['left of them']).toBe(0);
});
