/**
 * The most that it costs the canister to find out that an argument is invalid: for every method, with the longest
 * arguments that it accepts. ARGUMENT_COST=1 prints the costs.
 */
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { readInterface } from '../scripts/candid/interface.mjs';
import { readMarks } from '../scripts/candid/marks.mjs';
import { bombed, bombedTable, bombs, tables } from './candid-bombs.js';
import { Llama } from './llama.js';

const service = await readInterface(join(dirname(dirname(fileURLToPath(import.meta.url))), 'llama.did'));
const marks = readMarks(service);

/** Instructions of any message that reads its argument, mostly for pages. */
const CONSTANT = 3e6;
/**
 * Instructions for each of the first bytes, which may be two values each, and for each of the others, which are copied
 * and read.
 */
const PER_FIRST_BYTE = 430;
const FIRST_BYTES = 40_000;
const PER_BYTE = 30;

let llama: Llama;
beforeAll(async () => {
  llama = await Llama.install();
});

describe('an argument that is made to be expensive', () => {
  it.each(service.methods)('is refused by $name at a cost in proportion to its length', ({ name, parameters }) => {
    const { most } = marks.get(name)!;
    const isRecord = (parameters[0] as { kind?: string } | undefined)?.kind === 'record';
    const arguments_ = [
      ...Object.entries(bombs).map(([what, bomb]) => [what, bombed(bomb, most, isRecord)] as const),
      ...Object.entries(tables).map(([what, table]) => [what, bombedTable(table, most)] as const),
    ];
    const costs = arguments_.map(([what, bytes]) => {
      expect(bytes.length, what).toBeLessThanOrEqual(most);
      llama.update(name, bytes);
      return [llama.spent.instructions, what] as const;
    });
    const [[greatest, what]] = costs.toSorted(([a], [b]) => b - a) as [(typeof costs)[number]];
    if (process.env.ARGUMENT_COST) console.log(`${name}, ${most} bytes: ${greatest} instructions (${what})`);
    expect(greatest, what).toBeLessThan(CONSTANT + PER_FIRST_BYTE * Math.min(most, FIRST_BYTES) + PER_BYTE * most);
  });
});
