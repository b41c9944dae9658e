/** The fixed price of run_update: what a call costs that has nothing to compute. */
import { beforeAll, describe, expect, it } from 'vitest';
import { Llama, person } from './llama.js';
import { tinyModel } from './tiny-model.js';

const flags = ['--temp', '0', '--ignore-eos', '-n', '0'];
/** The first access to a page of the heap, and the first write, whichever pages a text happens to lie in. */
const PAGE = 160_000;

let llama: Llama;
beforeAll(async () => {
  llama = await Llama.install();
  llama.load('m', tinyModel(), '-c', '8000');
  llama.letEveryoneIn();
});

/** Instructions of a call that ingests and generates nothing. */
function idle(name: string, prompt: string, caller = person(1)): number {
  const args = ['--prompt-cache', name, ...flags, '-p', prompt];
  llama.run(args, caller);
  const reply = llama.run(args, caller);
  expect([...reply.n_prompt_tokens_decoded, ...reply.n_tokens_generated]).toEqual([0n, 0n]);
  return llama.spent.instructions;
}

describe('a call with nothing to compute', () => {
  it('costs less than 3.5 M instructions', () => {
    expect(idle('short', 'a cat')).toBeLessThan(4_500_000);
  });

  it('costs only a comparison with the prompt, and the reply, if the prompt is sent again', () => {
    const half = 'the quick brown cat '.repeat(150);
    const prompt = half + half;
    const costs = [half, prompt].map((text) => [idle('long', text), idle('long', '')]);
    const [[resendHalf, againHalf], [resend, again]] = costs as [[number, number], [number, number]];
    // What a byte of the prompt costs beyond its share of the reply, which it has even if it is not sent again.
    expect(resend - again - (resendHalf - againHalf)).toBeLessThan(20 * half.length + 2 * PAGE);
    // Tokenizing it would cost a hundred times as much.
    llama.upgrade();
    llama.timers();
    llama.run(['--prompt-cache', 'long', ...flags, '-p', ''], person(1));
    llama.run(['--prompt-cache', 'long', ...flags, '-p', prompt], person(1));
    expect(llama.spent.instructions - resend).toBeGreaterThan(20 * prompt.length);
  });
});

describe('a copy of a session', () => {
  it('costs about the same for any length: keys and values are not touched', () => {
    const copy = (name: string) => {
      llama.call('copy_prompt_cache', { from: name, to: 'copy' }, person(1));
      return llama.spent.instructions;
    };
    idle('short', 'a cat');
    idle('long', 'the quick brown cat '.repeat(300));
    copy('short');
    const [short, long] = [copy('short'), copy('long')];
    expect(short).toBeLessThan(5_500_000);
    expect(long).toBeLessThan(short + 1_200_000);
  });
});
