/**
 * The fixed cost of a call does not grow with the number of things in the canister: tested here up to 600 of some, in
 * test:full of each, and in growth.full.test.ts up to 10,000.
 */
import { expect, it } from 'vitest';
import { isFull } from '../../test/full.js';
import { measure, THINGS, type Thing } from './growth.js';

/**
 * The pages of the heap and of stable memory that a call happens to touch may differ; each costs 160,000 instructions.
 */
const PAGES = 10 * 160_000;

/** What only files are made of, and what takes room in the heap. */
const some: Thing[] = ['callers', 'copies'];

it.each(isFull ? (Object.keys(THINGS) as Thing[]) : some)(
  'calls cost as much with 600 %s as with 10',
  async (thing) => {
    const few = await measure(thing, 10);
    const many = await measure(thing, 600);
    for (const [name, cost] of Object.entries(few)) {
      if (name.startsWith('cleanup')) expect(many[name], name).toBeLessThan(60e6);
      else expect(many[name], name).toBeLessThanOrEqual(cost + PAGES);
    }
    expect(many['left of them']).toBe(0);
  },
);
