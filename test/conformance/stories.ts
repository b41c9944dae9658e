/** A trained model: greedy text against llama.cpp's. */
import { readFileSync } from 'node:fs';
import { Engine } from '../../canister/test/engine.js';
import { hasShared, shared } from '../../canister/test/shared.js';

interface Greedy {
  model: string;
  cases: { tokens: number[]; greedy: number[] }[];
}

/** How many tokens are the reference's before the first that is not, over all its prompts; undefined without the model. */
export async function stories(): Promise<{ equal: number; tokens: number } | undefined> {
  if (!hasShared) return undefined;
  const path = new URL('../../canister/test/data/stories260K-greedy.json', import.meta.url);
  const { model, cases }: Greedy = JSON.parse(readFileSync(path, 'utf8'));
  const engine = await Engine.load(shared('models', model));
  let [equal, tokens] = [0, 0];
  for (const { tokens: prompt, greedy } of cases) {
    const ours = engine.greedy(engine.sequence(prompt), greedy.length);
    const different = ours.findIndex((token, i) => token !== greedy[i]);
    equal += different < 0 ? greedy.length : different;
    tokens += greedy.length;
  }
  engine.close();
  return { equal, tokens };
}
