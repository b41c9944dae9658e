/**
 * npm run bench -- --sampling: instructions for choosing a token, by chain and by the distribution of the logits, and
 * what simpler means would cost. A trained model mostly has a peaked distribution, random weights have a flat one;
 * ascending logits are hard for a search that keeps the best so far.
 */
import { logitOrders, logitsIn } from '../canister/test/logit-orders.js';
import { BareCanister } from '../canister/test/metered.js';
import { Random } from '../test/gguf/random.js';
import { committed } from './results.js';

const VOCABULARIES = [151_936, 262_144];
/** Committed cases with their vocabularies, for the total cost of a token. */
const MODELS: readonly [name: string, vocabulary: number][] = [
  ['smollm2-135m-q8_0', 49_152],
  ['llama-3.2-1b-q4_k_m', 128_256],
  ['qwen2.5-0.5b-q8_0', 151_936],
  ['gemma-3-270m-q8_0', 262_144],
];
const DEFAULTS = { temperature: 0.8, topK: 40, topP: 0.95, minP: 0.05, typicalP: 1, topNSigma: -1 };
/** Probability and threshold of xtc, the range of the temperature, and the repeat penalty: all unused. */
const UNUSED = [0, 0.1, 0, 1];
const CHAINS: readonly [flags: string, parameters: Partial<typeof DEFAULTS>][] = [
  ['--temp 0', { temperature: 0 }],
  ['the default: --top-k 40 --top-p 0.95 --min-p 0.05', {}],
  ['--top-k 100', { topK: 100 }],
  ['--top-k 200', { topK: 200 }],
  ['--top-k 1000', { topK: 1000 }],
  ['--top-k 10000', { topK: 10_000 }],
  ['--top-k 0', { topK: 0 }],
  ['--top-k 0 --min-p 0', { topK: 0, minP: 0 }],
  ['--top-k 0 --min-p 0 --top-p 0.5', { topK: 0, minP: 0, topP: 0.5 }],
  ['--top-k 0 --top-p 1', { topK: 0, topP: 1 }],
  ['--top-k 0 --top-p 1 --min-p 0', { topK: 0, topP: 1, minP: 0 }],
  ['--top-k 0 --top-p 1 --min-p 0 --top-nsigma 1', { topK: 0, topP: 1, minP: 0, topNSigma: 1 }],
  ['--top-k 0 --typical 0.9', { topK: 0, typicalP: 0.9 }],
];

/** Normal logits of a variance; every 30,000th one stands out. */
function logitsOf(size: number, width: number, lead: number): Float32Array {
  const random = new Random(size);
  return Float32Array.from({ length: size }, (_, i) => width * random.normal() + (i % 30_000 === 17 ? lead : 0));
}

function distributionsOf(size: number): { name: string; logits: Float32Array }[] {
  return [
    { name: `${size} peaked`, logits: logitsOf(size, 2, 12) },
    { name: `${size} flat`, logits: logitsOf(size, 1, 0) },
    { name: `${size} ascending`, logits: logitsIn(logitOrders().ascending!, size) },
  ];
}

/** Instructions of a token, on average. */
function costOf(canister: BareCanister, parameters: Partial<typeof DEFAULTS>, logits: Float32Array): number {
  const header = Float64Array.from([...Object.values({ ...DEFAULTS, ...parameters }), ...UNUSED]);
  const reply = canister.update('sample', Buffer.concat([bytesOf(header), bytesOf(logits)]));
  return new Float64Array(reply.slice().buffer)[0]!;
}

const bytesOf = (numbers: Float32Array | Float64Array) => new Uint8Array(numbers.buffer);

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
}

/** The cost of chains over whole vocabularies. */
function chains(canister: BareCanister): string {
  const distributions = VOCABULARIES.flatMap(distributionsOf);
  return table(
    ['millions of instructions', ...distributions.map(({ name }) => name)],
    CHAINS.map(([flags, parameters]) => [
      flags,
      ...distributions.map(({ logits }) => (costOf(canister, parameters, logits) / 1e6).toFixed(2)),
    ]),
  );
}

/** The cost of chains, and of one part of each done by simpler means, as shares of a token. */
function alternatives(canister: BareCanister): string {
  const rows = MODELS.map(([name, vocabulary]) => {
    const token = committed(name)?.engine.decode.total;
    if (token === undefined) throw new Error(`bench/results has no ${name}`);
    const dearest = Array.from({ length: 6 }, () => 0);
    for (const { logits } of distributionsOf(vocabulary)) {
      const now = [{}, { topK: 0, minP: 0 }, { topK: 0, topP: 1, minP: 0 }].map((chain) =>
        costOf(canister, chain, logits),
      );
      const plainly = new Float64Array(canister.update('plainly', bytesOf(logits)).slice().buffer);
      for (const [i, cost] of now.entries()) {
        dearest[2 * i] = Math.max(dearest[2 * i]!, cost);
        dearest[2 * i + 1] = Math.max(dearest[2 * i + 1]!, plainly[i]!);
      }
    }
    return [name, String(vocabulary), ...dearest.map((cost) => `${((100 * cost) / token).toFixed(2)} %`)];
  });
  return table(
    [
      'model',
      'tokens',
      'the default',
      'top-k 40 by a radix select over all',
      '--top-k 0 --min-p 0',
      'its nucleus by a radix select of weights',
      '--top-k 0 --top-p 1 --min-p 0',
      'its draw from a list',
    ],
    rows,
  );
}

/** The tables of docs/performance.md. */
export async function sampling(): Promise<string> {
  const canister = await BareCanister.create('testing/sampling-cost.ts');
  return `${chains(canister)}\n\nThe dearest of the three distributions, as a share of all that a token takes:\n\n${alternatives(canister)}`;
}
