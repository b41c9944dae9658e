/**
 * npm run bench -- --sampling: what choosing a token costs in instructions, by chain and by how the logits lie. A peaked
 * distribution is what a trained model mostly has, a flat one what a model with random weights has; ascending logits are
 * hard for a search that keeps the best so far.
 */
import { logitOrders, logitsIn } from '../canister/test/logit-orders.js';
import { BareCanister } from '../canister/test/metered.js';
import { Random } from '../test/gguf/random.js';

const VOCABULARIES = [151_936, 262_144];
const DEFAULTS = { temperature: 0.8, topK: 40, topP: 0.95, minP: 0.05, typicalP: 1, topNSigma: -1 };
/** Probability and threshold of xtc, the range of the temperature, and the repeat penalty: none of them. */
const UNUSED = [0, 0.1, 0, 1];
const CHAINS: readonly [flags: string, parameters: Partial<typeof DEFAULTS>][] = [
  ['--temp 0', { temperature: 0 }],
  ['the default: --top-k 40 --top-p 0.95 --min-p 0.05', {}],
  ['--top-k 100', { topK: 100 }],
  ['--top-k 200', { topK: 200 }],
  ['--top-k 1000', { topK: 1000 }],
  ['--top-k 0', { topK: 0 }],
  ['--top-k 0 --min-p 0', { topK: 0, minP: 0 }],
  ['--top-k 0 --min-p 0 --top-p 0.5', { topK: 0, minP: 0, topP: 0.5 }],
  ['--top-k 0 --top-p 1', { topK: 0, topP: 1 }],
  ['--top-k 0 --top-p 1 --min-p 0', { topK: 0, topP: 1, minP: 0 }],
  ['--top-k 0 --top-p 1 --min-p 0 --top-nsigma 1', { topK: 0, topP: 1, minP: 0, topNSigma: 1 }],
  ['--top-k 0 --typical 0.9', { topK: 0, typicalP: 0.9 }],
];

/** Normal logits of a variance, of which every 30,000th stands out. */
function logitsOf(size: number, width: number, lead: number): Float32Array {
  const random = new Random(size);
  return Float32Array.from({ length: size }, (_, i) => width * random.normal() + (i % 30_000 === 17 ? lead : 0));
}

/** The table of docs/performance.md. */
export async function sampling(): Promise<string> {
  const canister = await BareCanister.create('testing/sampling-cost.ts');
  const distributions = VOCABULARIES.flatMap((size) => [
    { name: `${size} peaked`, logits: logitsOf(size, 2, 12) },
    { name: `${size} flat`, logits: logitsOf(size, 1, 0) },
    { name: `${size} ascending`, logits: logitsIn(logitOrders().ascending!, size) },
  ]);
  const lines = [
    `| millions of instructions | ${distributions.map(({ name }) => name).join(' | ')} |`,
    `| --- |${' --- |'.repeat(distributions.length)}`,
  ];
  for (const [flags, parameters] of CHAINS) {
    const costs = distributions.map(({ logits }) => {
      const header = Float64Array.from([...Object.values({ ...DEFAULTS, ...parameters }), ...UNUSED]);
      const argument = Buffer.concat([new Uint8Array(header.buffer), new Uint8Array(logits.buffer)]);
      const reply = canister.update('sample', argument);
      return (new DataView(reply.buffer, reply.byteOffset).getFloat64(0, true) / 1e6).toFixed(2);
    });
    lines.push(`| ${flags} | ${costs.join(' | ')} |`);
  }
  return lines.join('\n');
}
