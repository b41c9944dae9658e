import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Llama } from './llama.js';
import { greedy, PROMPT } from './run-replies.js';
import { tinyModel } from './tiny-model.js';

/** A canister with a small random model. It is slow to make, so every test has to leave it as it was. */
let llama: Llama;
beforeAll(async () => {
  llama = await Llama.install();
  llama.load('models/tiny.gguf', tinyModel());
  llama.call('chats_pause');
});
beforeEach(() => {
  llama.maxTokens(0);
  llama.budget(0);
});

describe('a query', () => {
  it('goes on from the session and changes nothing', () => {
    const args = ['--prompt-cache', 'query', ...greedy, '-n', '4'];
    const before = llama.run([...args, '-p', PROMPT]);
    const query = llama.ok('run_query', [...args, '-p', '']);
    expect(query.conversation.startsWith(before.conversation)).toBe(true);
    expect(llama.ok('run_query', [...args, '-p', 'another prompt']).conversation).toContain('another prompt');
    expect(llama.ok('run_query', ['--prompt-cache', 'unheard of', '-n', '1', '-p', PROMPT]).conversation).toBe(PROMPT);
    expect(llama.ok('run_query', [...args, '-p', ''])).toEqual(query);
    expect(llama.run([...args, '-p', ''])).toEqual(query);
    expect(llama.error('run_update', ['--prompt-cache', 'unheard of', '-p', ''])).toContain('has no token');
  });

  it('without room for an answer is an error with the numbers', () => {
    llama.budget(0, 12_500_000);
    const prompt = `${PROMPT} `.repeat(2);
    expect(llama.error('run_query', [...greedy, '-p', prompt])).toMatch(
      /^a query may execute 12500000 instructions, and \d+ of the prompt's tokens did not fit, each .* \d+: use run_update$/,
    );
    llama.run(['--prompt-cache', 'room', '-n', '0', '-p', prompt]);
    llama.budget(0, 9_500_000);
    expect(llama.error('run_query', ['--prompt-cache', 'room', ...greedy, '-p', ''])).toMatch(
      /^a query may execute 9500000 instructions, and one token takes at most \d+: use run_update$/,
    );
  });
});

describe('the budget of a call', () => {
  it('still lets a model answer that is too slow for it, with the same bytes', async () => {
    const llama = await Llama.install();
    const shape = { layers: 4, embedding: 512, heads: 8, keyValueHeads: 4, headDim: 64, feedForward: 2048 };
    llama.load('m', tinyModel(shape), '-c', '128');
    const args = (name: string) => ['--prompt-cache', name, '--temp', '0.9', '--seed', '7', '--ignore-eos'];
    const whole = llama.run([...args('whole'), '-n', '6', '-p', PROMPT]);
    llama.run([...args('whole'), '-n', '0', '-p', '']);
    const idle = llama.spent.instructions;
    llama.run([...args('whole'), '-n', '2', '-p', '']);
    // A call may use one and a half layers beyond its reserve.
    const layer = (llama.spent.instructions - idle) / shape.layers;
    const budget = Math.round(idle + 8_000_000 + 1.5 * layer);
    llama.budget(budget);
    llama.budget(0);
    llama.maxTokens(1);
    let reply = llama.run([...args('slow'), '-n', '-1', '-p', PROMPT]);
    llama.maxTokens(0);
    llama.budget(budget);
    let [calls, ingesting, text] = [0, 0, ''];
    while (text.length < whole.output.length && calls++ < 1000) {
      // Until the prompt is ingested, clients may or may not send it again.
      reply = llama.run([...args('slow'), '-n', '-1', '-p', reply.prompt_remaining && calls % 2 ? PROMPT : '']);
      expect(llama.spent.instructions).toBeLessThan(budget);
      if (reply.prompt_remaining) ingesting++;
      text += reply.output;
    }
    expect(ingesting).toBeGreaterThan(2);
    expect(calls - ingesting).toBeGreaterThan(6);
    expect(text.startsWith(whole.output)).toBe(true);
  });

  it('that is too small for any step is an error, and changes nothing', () => {
    const args = ['--prompt-cache', 'small', ...greedy, '-n', '2'];
    llama.run([...args, '-p', PROMPT]);
    for (const [budget, message] of [
      [1000, /^the call may execute 1000 instructions, and the next step takes at most \d+ .*set_instruction_budget$/],
      [9_000_000, /^the call may execute 9000000 instructions, and the next step takes at most \d+ /],
    ] as const) {
      llama.budget(budget);
      expect(llama.error('run_update', [...args, '-n', '9', '-p', ''])).toMatch(message);
      expect(llama.error('run_update', ['-p', 'new words'])).toMatch(
        /^to tokenize the prompt's 9 bytes may take \d+ instructions, and the call has \d+ left$/,
      );
    }
    llama.budget(0);
    expect(llama.run([...args, '-n', '1', '-p', '']).conversation).toBe(
      PROMPT + llama.run([...greedy, '-n', '2', '-p', PROMPT]).conversation.slice(PROMPT.length),
    );
  });
});
