/**
 * npm run conformance [-- --json] [-- --dir DIR] [-- --wide] [-- --save]
 *
 * Compares the engine with llama.cpp: the repository's mini models, those of the maintainers' folder where it is there, and
 * 200 greedy tokens of stories260K; or, with --dir, every NAME.gguf of a folder that has a NAME.json (reference.ts) beside it;
 * with --wide, models as wide as real ones.
 * --save writes the generated part of docs/conformance.md. Ends with 1 if a model could not be run.
 */
import { parseArgs } from 'node:util';
import { save } from './document.js';
import { type Comparison, compare } from './measure.js';
import { casesIn, casesOf, ownCases, sharedCases } from './reference.js';
import { stories } from './stories.js';
import { byArchitectureAndType, comparisons } from './table.js';
import { wideModels } from './wide.js';

export async function main(argv: string[]): Promise<number> {
  const flag = { type: 'boolean', default: false } as const;
  const { values } = parseArgs({
    args: argv,
    options: { json: flag, save: flag, wide: flag, dir: { type: 'string' } },
  });
  const own = values.wide ? casesOf(wideModels) : [...ownCases(), ...sharedCases()];
  const cases = values.dir ? casesIn(values.dir) : own;
  const results: Comparison[] = [];
  const refused: { name: string; reason: string }[] = [];
  for (const one of cases) {
    try {
      results.push(await compare(one));
    } catch (error) {
      refused.push({ name: one.name, reason: error instanceof Error ? error.message : String(error) });
    }
  }
  const greedy = values.dir || values.wide ? undefined : await stories();
  if (values.save && !values.dir && !values.wide) save(results);
  if (values.json) {
    console.log(JSON.stringify({ results, refused, greedy }, null, 2));
  } else {
    console.log(`${comparisons(results)}\n\nWorst KL divergence from f32:\n\n${byArchitectureAndType(results)}`);
    for (const { name, reason } of refused) console.log(`${name}: ${reason}`);
    if (greedy) console.log(`\nstories260K, greedy: ${greedy.equal} of ${greedy.tokens} tokens are llama.cpp's`);
  }
  return refused.length > 0 ? 1 : 0;
}
