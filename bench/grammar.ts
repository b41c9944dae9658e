/**
 * npm run bench -- --grammar: what a token costs of which a grammar allows few, against the same token with all logits
 * made; page charges included. The few are spread over the vocabulary, so that none of their rows are neighbours.
 */
import { Llama } from '../canister/test/llama.js';
import { cases } from './cases.js';
import { withRandomFile } from './random-file.js';
import { type Study, TOLERANCE, tableOf } from './study.js';
import { promptOf } from './text.js';

/** The least part of a token's instructions that has to be saved; of the other cases nothing is asked. */
const LEAST_SAVED: Readonly<Record<string, number>> = { 'qwen2.5-0.5b-q8_0': 0.26, 'gemma-3-270m-q8_0': 0.59 };
const PROMPT = 64;
const TOKENS = 60;
const FEW = 12;
/**
 * A penalty for repetitions longer than those that are looked for: it has no effect, but it could make a logit infinite, so all
 * logits are made. Everything else stays the same.
 */
export const ALL_LOGITS = ['--dry-multiplier', '1e31', '--dry-allowed-length', '4', '--dry-penalty-last-n', '4'];

interface GrammarMeasurement {
  /** Instructions of a token, with all logits and with those of the allowed tokens only. */
  all: number;
  few: number;
}
type GrammarResults = Record<string, GrammarMeasurement>;

/** Any tokens of a few. */
function grammarOf(vocabulary: number): string {
  const ids = Array.from({ length: FEW }, (_, i) => Math.floor(((i + 0.5) * vocabulary) / FEW));
  return `root ::= (${ids.map((id) => `<[${id}]>`).join(' | ')})+`;
}

async function measure(pieces: Iterable<Uint8Array>, vocabulary: number): Promise<GrammarMeasurement> {
  const llama = await Llama.install();
  llama.load('models/bench.gguf', pieces, '--ctx-size', '2048');
  llama.timers();
  const answer = (name: string, ...flags: string[]) => {
    const session = ['--prompt-cache', name, '--temp', '0', '--ignore-eos'];
    llama.run([...session, '-n', '0', '-p', promptOf(PROMPT)]);
    // The last token of a call is not evaluated.
    const reply = llama.run([...session, ...flags, '-n', String(TOKENS + 1), '--grammar', grammarOf(vocabulary)]);
    const generated = reply.n_tokens_generated[0];
    if (generated !== BigInt(TOKENS)) throw new Error(`${name}: ${generated} tokens, not ${TOKENS}`);
    return { text: reply.conversation, perToken: Math.round(llama.spent.instructions / TOKENS) };
  };
  const all = answer('all', ...ALL_LOGITS);
  const few = answer('few');
  if (all.text !== few.text) throw new Error('the answers are not the same');
  return { all: all.perToken, few: few.perToken };
}

const saved = ({ all, few }: GrammarMeasurement) => 1 - few / all;

export const grammar: Study<GrammarResults> = {
  name: 'grammar',

  async measure(names = Object.keys(LEAST_SAVED)) {
    const results: GrammarResults = {};
    for (const name of names) {
      const { shape } = cases.find((one) => one.name === name)!;
      results[name] = await withRandomFile(shape, (pieces) => measure(pieces, shape.vocabulary));
    }
    return results;
  },

  table: (results) =>
    tableOf(
      ['model', 'all logits', 'of the allowed tokens', 'saved'],
      Object.entries(results).map(([name, one]) => [
        name,
        `${(one.all / 1e6).toFixed(1)} M`,
        `${(one.few / 1e6).toFixed(1)} M`,
        `${(100 * saved(one)).toFixed(1)} %`,
      ]),
    ),

  problems(results, before) {
    const problems: string[] = [];
    for (const [name, now] of Object.entries(results)) {
      if (saved(now) < (LEAST_SAVED[name] ?? 0))
        problems.push(`${name}: only ${(100 * saved(now)).toFixed(1)} % saved`);
      const was = before[name];
      if (was === undefined) problems.push(`${name}: no committed result; run with --save`);
      else if (!(now.few <= was.few * (1 + TOLERANCE))) {
        problems.push(`${name}: ${now.few} instructions for a token of which few are allowed, more than ${was.few}`);
      }
    }
    return problems;
  },
};
