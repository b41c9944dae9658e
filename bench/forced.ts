/**
 * npm run bench -- --forced: what an answer in JSON costs if logits are made of the tokens only that the schema allows, where
 * those are few, and none where it forces one; and if all are made (docs/grammars.md). The weights are random and the
 * vocabularies real, so the model spells names in any way that the vocabulary allows; the free parts of the schema are short.
 * Forced tokens of the shortest spelling, which a trained model would write, are counted separately.
 */

import { Generations } from '../canister/test/generations.js';
import { GrammarPart } from '../canister/test/grammar-part.js';
import { Llama, person } from '../canister/test/llama.js';
import { tokenizerFile } from '../canister/test/oracles/oracle.js';
import { cases } from './cases.js';
import { ALL_LOGITS } from './grammar.js';
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
const PROMPTS = ['Answer in JSON: ', 'What does this customer want? '];
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

function measure(
  llama: Llama,
  index: number,
  ...flags: string[]
): { text: string; tokens: number; instructions: number } {
  const { status, text } = new Generations(llama, person(index)).finish({
    prompt: PROMPTS[index]!,
    // Greedily, so that the answers are the same.
    sampling: ['--temp', '0', ...flags],
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
export async function forced(): Promise<string> {
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
        for (const index of PROMPTS.keys()) {
          const all = measure(llama, index, ...ALL_LOGITS);
          const some = measure(llama, index);
          if (all.text !== some.text || all.tokens !== some.tokens) throw new Error('the answers are not the same');
          rows.push([
            name,
            String(index + 1),
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
  const head = ['model', 'prompt', 'tokens', 'all logits', 'with the grammar', 'saved'];
  const table = [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
  return `${table}\n\n${shortest.join('\n')}`;
}
