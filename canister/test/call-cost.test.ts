import { beforeAll, describe, expect, it } from 'vitest';
import { type ModelShape, randomModel } from '../../test/gguf/random-model.js';
import { ggufPieces } from '../../test/gguf/writer.js';
import { Llama } from './llama.js';

/** A vocabulary of the size of Qwen's with a tiny model, so that most of the cost is what happens beside the model. */
const SHAPE: ModelShape = {
  architecture: 'llama',
  layers: 1,
  embedding: 64,
  heads: 1,
  keyValueHeads: 1,
  headDim: 64,
  feedForward: 64,
  vocabulary: 151_936,
  context: 32768,
  ropeBase: 10000,
  tied: true,
  type: () => 'Q8_0',
};

/** The most instructions that the simplest choice may take: one pass over the logits and one over their blocks. */
const GREATEST = 1.6 * SHAPE.vocabulary;
const FLAGS = ['--prompt-cache', 'cost', '--prompt-cache-all', '--ignore-eos'];

describe('in a call of the canister, page charges included,', () => {
  let llama: Llama;
  const load = (context: number, vocabulary = SHAPE.vocabulary) => {
    const { metadata, tensors } = randomModel({ ...SHAPE, vocabulary });
    llama.load('models/m.gguf', ggufPieces(metadata, tensors), '--ctx-size', String(context));
  };
  beforeAll(async () => {
    llama = await Llama.install();
    load(2048);
  });

  const cost = (...args: string[]) => {
    llama.run([...FLAGS, ...args]);
    return llama.spent.instructions;
  };

  it.each([
    ['greedy', ['--temp', '0']],
    ['the default chain', ['--seed', '1']],
    ['of the best 200', ['--seed', '1', '--top-k', '200']],
    ['of the best 500', ['--seed', '1', '--top-k', '500']],
    ['without top-k', ['--seed', '1', '--top-k', '0']],
    ['by min-p alone', ['--seed', '1', '--top-k', '0', '--top-p', '1']],
    ['of everything', ['--seed', '1', '--top-k', '0', '--top-p', '1', '--min-p', '0']],
    ['by top-n-sigma', ['--seed', '1', '--top-k', '0', '--top-p', '1', '--min-p', '0', '--top-nsigma', '1']],
  ])('sampling from 151,936 tokens costs less than 2 M: %s', (_, sampling) => {
    const perToken = (...args: string[]) => {
      cost('-p', 'once', '-n', '0');
      const few = cost('-p', 'once', '-n', '2', ...args);
      return (cost('-p', 'once', '-n', '34', ...args) - few) / 32;
    };
    const simplest = perToken('--samplers', 'temperature', '--temp', '0');
    expect(perToken(...sampling) - simplest + GREATEST).toBeLessThan(2e6);
  });

  it('no token is begun that may cost more than is left, though one costs fifty times as much as another', () => {
    const budget = 450e6;
    llama.budget(budget);
    // All tokens of a flat vocabulary rarely become a list.
    const rare = [
      '--top-k',
      '0',
      '--top-p',
      '1',
      '--min-p',
      '0',
      '--xtc-probability',
      '0.3',
      '--xtc-threshold',
      '1e-6',
    ];
    for (let seed = 1; seed <= 6; ++seed) {
      const reply = llama.run([...FLAGS, '-p', 'once', '-n', '200', '--seed', String(seed), ...rare]);
      expect(Number(reply.n_tokens_generated[0])).toBeGreaterThan(3);
      expect(llama.spent.instructions).toBeLessThan(budget);
    }
    llama.budget(0);
  });

  it('tokenizing costs less than 20 M for 1000 tokens', () => {
    const text = 'A canister that has learned to speak tells its neighbours what it costs, token by token. ';
    const refused = llama.command('run_update', [...FLAGS, '-p', text.repeat(120), '-n', '0']);
    const { instructions } = llama.spent;
    // The prompt is too long for the context, so it is tokenized, and nothing else happens.
    const tokens = Number(/\((\d+) tokens, max/.exec('Err' in refused ? refused.Err.error : '')?.[1]);
    expect(tokens).toBeGreaterThan(2048);
    expect(instructions / tokens).toBeLessThan(20e3);
  });

  it('a prompt costs as much as its tokens, for any number of them', () => {
    const prompts = [1, 2, 3, 4, 7, 8, 9, 15, 16, 17, 31, 32, 33, 63, 64, 65, 100, 128, 129];
    const costs = prompts.map((tokens, i) => {
      // Letters that no merge contains; the first one differs, so that nothing of the prompt is known yet.
      const prompt = String.fromCharCode(65 + i) + 'XYZ'.repeat(tokens).slice(0, tokens - 1);
      const reply = llama.run(['-p', prompt, '-n', '0']);
      expect(Number(reply.n_prompt_tokens_decoded[0])).toBe(tokens);
      return llama.spent.instructions;
    });
    const [first] = costs as [number];
    const perToken = (costs.at(-1)! - first) / (prompts.at(-1)! - 1);
    costs.forEach((instructions, i) => {
      // Two pages of 64 KiB more or fewer, and up to three tokens that are evaluated alone instead of among eight.
      expect(instructions).toBeLessThan(first + perToken * prompts[i]! * 1.3 + 12 * 160_000);
    });
  });

  it('a prompt that was sent before costs less than 4 M, for any length and any context', () => {
    const resent = (prompt: string) => {
      cost('-p', prompt, '-n', '0');
      return cost('-p', prompt, '-n', '0');
    };
    const short = resent('once');
    const long = resent('ABCDEFGH'.repeat(200));
    load(32768);
    const inLargeContext = resent('once');
    for (const instructions of [short, long, inLargeContext]) expect(instructions).toBeLessThan(4e6);
  });

  it('the size of the context costs nothing', () => {
    const costs = [8, 9, 31, 33, 100, 1000, 4097, 16384].map((context) => {
      load(context, 400);
      // The session of the round before has been evaluated with another context.
      llama.ok('remove_prompt_cache', ['--prompt-cache', 'cost']);
      return cost('-p', 'ABC', '-n', '1', '--seed', '1');
    });
    expect(Math.max(...costs) - Math.min(...costs)).toBeLessThan(6 * 160_000);
  });
});
