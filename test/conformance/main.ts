/**
 * npm run conformance [-- --json] [-- --dir DIR] [-- --save]
 *
 * Compares the engine with llama.cpp: the repository's mini models, those of the maintainers' folder where it is there, and
 * 200 greedy tokens of stories260K; or, with --dir, every NAME.gguf of a folder that has a NAME.json (reference.ts) beside it.
 * --save writes the generated part of docs/conformance.md. Ends with 1 if a model could not be run.
 */
import { parseArgs } from 'node:util';
import { save } from './document.js';
import { type Comparison, compare } from './measure.js';
import { casesIn, ownCases, sharedCases } from './reference.js';
import { stories } from './stories.js';
import { byArchitectureAndType, comparisons } from './table.js';

export async function main(argv: string[]): Promise<number> {
  const flag = { type: 'boolean', default: false } as const;
  const { values } = parseArgs({ args: argv, options: { json: flag, save: flag, dir: { type: 'string' } } });
  const cases = values.dir ? casesIn(values.dir) : [...ownCases(), ...sharedCases()];
  const results: Comparison[] = [];
  const refused: { name: string; reason: string }[] = [];
  for (const one of cases) {
    try {
      results.push(await compare(one));
    } catch (error) {
      refused.push({ name: one.name, reason: error instanceof Error ? error.message : String(error) });
    }
  }
  const greedy = values.dir ? undefined : await stories();
  if (values.save) save(results);
  if (values.json) {
    console.log(JSON.stringify({ results, refused, greedy }, null, 2));
  } else {
    console.log(`${comparisons(results)}\n\nWorst KL divergence from f32:\n\n${byArchitectureAndType(results)}`);
    for (const { name, reason } of refused) console.log(`${name}: ${reason}`);
    if (greedy) console.log(`\nstories260K, greedy: ${greedy.equal} of ${greedy.tokens} tokens are llama.cpp's`);
  }
  return refused.length > 0 ? 1 : 0;
}
