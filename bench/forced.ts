/**
 * npm run bench -- --forced: what an answer in JSON costs with tokens that the schema forces, and without
 * (docs/grammars.md). The weights are random and the vocabularies real, so the model spells names in any way that the
 * vocabulary allows; the free parts of the schema are short. Forced tokens of the shortest spelling, which a trained
 * model would write, are counted separately.
 */

import { Generations } from '../canister/test/generations.js';
import { GrammarPart } from '../canister/test/grammar-part.js';
import { Llama, person } from '../canister/test/llama.js';
import { tokenizerFile } from '../canister/test/oracles/oracle.js';
import { cases } from './cases.js';
import { withRandomFile } from './random-file.js';

const MODELS = [
  { name: 'qwen2.5-0.5b-q8_0', vocabulary: 'qwen2_5', end: '<|im_end|>' },
  { name: 'gemma-3-270m-q8_0', vocabulary: 'gemma3', end: '<end_of_turn>' },
] as const;

const yesNo = { type: 'boolean' };
const one = (...values: string[]) => ({ enum: values });
const properties = {
  category: one('delivery', 'refund', 'praise', 'question'),
  priority: { type: 'integer', minimum: 1, maximum: 5 },
  sentiment: one('negative', 'neutral', 'positive'),
  is_urgent: yesNo,
  language: one('en', 'de', 'fr'),
  customer_type: one('private', 'business'),
  needs_reply: yesNo,
  department: one('support', 'sales', 'billing'),
  refund_requested: yesNo,
  confidence: { type: 'integer', minimum: 0, maximum: 100 },
};
const schema = JSON.stringify({ type: 'object', properties, required: Object.keys(properties) });
const answer = JSON.stringify({
  ...{
    category: 'refund',
    priority: 3,
    sentiment: 'negative',
    is_urgent: true,
    language: 'en',
    customer_type: 'private',
  },
  ...{ needs_reply: true, department: 'billing', refund_requested: true, confidence: 85 },
});

/** A penalty without effect whose presence turns forcing off; everything else stays the same. */
const UNFORCED = ['--dry-multiplier', '1', '--dry-base', '1000', '--dry-allowed-length', '40'];

function measure(
  llama: Llama,
  seed: number,
  ...flags: string[]
): { text: string; tokens: number; instructions: number } {
  const { status, text } = new Generations(llama, person(seed)).finish({
    prompt: 'Answer in JSON: ',
    sampling: ['--temp', '1', ...flags],
    seed,
    max_tokens: 1500,
    response_format: { json_schema: schema },
  });
  if (!('done' in status.state)) throw new Error(JSON.stringify(status.state));
  return { text, tokens: status.generated_tokens, instructions: Number(status.instructions) };
}

/** How many tokens of the shortest spelling a grammar forces. */
async function spelled(vocabulary: string): Promise<{ tokens: number; forced: number }> {
  const grammar = await GrammarPart.load();
  grammar.readFile(tokenizerFile(vocabulary));
  const wrong = grammar.openSchema(schema);
  if (wrong) throw new Error(wrong);
  const tokens = grammar.encode(answer);
  let forced = 0;
  for (let i = 0; i < tokens.length; i++) {
    grammar.follow(tokens.slice(0, i));
    if (grammar.allowed().length === 1) forced++;
  }
  return { tokens: tokens.length, forced };
}

/** The table of docs/performance.md. */
export async function forced(seeds = 2): Promise<string> {
  const rows: string[][] = [];
  const shortest: string[] = [];
  for (const { name, vocabulary, end } of MODELS) {
    const { tokens, forced } = await spelled(vocabulary);
    shortest.push(`${name}: ${forced} of the ${tokens} tokens of the shortest spelling of an answer are forced`);
    const file = tokenizerFile(vocabulary);
    const { shape } = cases.find((one) => one.name === name)!;
    await withRandomFile(
      shape,
      async (pieces) => {
        const llama = await Llama.install();
        llama.load('models/bench.gguf', pieces, '--ctx-size', '2048');
        llama.timers();
        llama.letEveryoneIn();
        for (let seed = 1; seed <= seeds; seed++) {
          const all = measure(llama, seed, ...UNFORCED);
          const some = measure(llama, seed);
          if (all.text !== some.text || all.tokens !== some.tokens) throw new Error('the answers are not the same');
          rows.push([
            name,
            String(seed),
            String(all.tokens),
            `${(all.instructions / 1e9).toFixed(2)} B`,
            `${(some.instructions / 1e9).toFixed(2)} B`,
            `${(100 * (1 - some.instructions / all.instructions)).toFixed(1)} %`,
          ]);
        }
      },
      { file, end },
    );
  }
  const head = ['model', 'seed', 'tokens', 'without', 'with', 'saved'];
  const table = [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
  return `${table}\n\n${shortest.join('\n')}`;
}
