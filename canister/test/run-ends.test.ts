/**
 * Where an answer ends, and the state of samplers that adapt: the context, reverse prompts, mirostat and adaptive-p.
 */
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Llama } from './llama.js';
import { generated, greedy, PROMPT } from './run-replies.js';
import { tinyModel } from './tiny-model.js';

const model = tinyModel();

/** A canister with a small random model. It is slow to make, so every test has to leave it as it was. */
let llama: Llama;
beforeAll(async () => {
  llama = await Llama.install();
  llama.load('models/tiny.gguf', model);
  llama.call('chats_pause');
});
beforeEach(() => {
  llama.maxTokens(0);
  llama.budget(0);
});

describe('an answer', () => {
  it('ends at the model’s end token, which is the last token in both texts of the session', () => {
    // The control tokens of this vocabulary are its last three; <|im_end|>, 399, ends a generation.
    const args = ['--prompt-cache', 'end', ...greedy, '--logit-bias', '399+1000', '-n', '5'];
    const silent = llama.run([...args, '-p', PROMPT]);
    expect(silent).toMatchObject({ output: '', conversation: PROMPT, generated_eog: true, prompt_remaining: '' });
    expect(generated(silent)).toBe(1);
    const shown = llama.run([...args, '-sp', '-p', PROMPT]);
    expect(shown).toMatchObject({
      output: '<|im_end|>',
      conversation: `${PROMPT}<|im_end|>`,
      generated_eog: true,
    });
    // The same if it is the only token that was asked for.
    expect(llama.run([...args, '-n', '1', '-sp', '-p', PROMPT])).toMatchObject(shown);
    // The answer goes on if a call asks for it.
    expect(llama.run([...args, '-n', '1', '-sp', '-p', '']).conversation).toBe(`${PROMPT}<|im_end|><|im_end|>`);
    expect(llama.run([...args, '--ignore-eos', '-n', '3', '-p', PROMPT])).toMatchObject({ generated_eog: false });
  });

  it('is refused with the longest length if the prompt is too long', async () => {
    const small = await Llama.install();
    small.load('m', model, '-c', '64');
    const words = 'cat '.repeat(300);
    const args = ['--prompt-cache', 'long', ...greedy];
    small.run([...args, '-n', '1', '-p', PROMPT]);
    expect(small.error('run_update', [...args, '-p', words])).toMatch(
      /^main_: error: prompt is too long \(\d+ tokens, max 60\)$/,
    );
    expect(small.error('run_query', [...args, '-p', words])).toMatch(
      /^main_: error: prompt is too long \(\d+ tokens, max 60\)$/,
    );
    // The call has changed nothing.
    expect(small.run([...args, '-n', '0', '-p', '']).conversation).toBe(PROMPT);
  });

  it('ends when the context is full, with an error for a call that wants more', async () => {
    const small = await Llama.install();
    small.load('m', model, '-c', '64');
    const args = ['--prompt-cache', 'full', ...greedy, '--ignore-eos'];
    const reply = small.run([...args, '-n', '-1', '-p', PROMPT]);
    expect(Number(reply.n_prompt_tokens[0]) + generated(reply)).toBe(63);
    expect(small.error('run_update', [...args, '-p', ''])).toBe(
      'the context is full: the session has 63 of 64 tokens; ' +
        'start a new session, or load the model with a larger --ctx-size',
    );
    expect(small.run([...args, '-n', '-2', '-p', ''])).toMatchObject({ output: '', conversation: reply.conversation });
    // A larger context takes the session over; a smaller one keeps what fits.
    small.ok('load_model', ['--model', 'm', '-c', '128']);
    const more = small.run([...args, '-n', '5', '-p', '']);
    expect(more.conversation.startsWith(reply.conversation)).toBe(true);
    small.ok('load_model', ['--model', 'm', '-c', '32']);
    const error =
      'the session has 67 tokens, and the model is loaded with a context of 32: it goes on when the model is';
    for (const prompt of ['', 'short']) {
      expect(small.error('run_update', [...args, '-p', prompt])).toContain(error);
    }
    small.ok('load_model', ['--model', 'm', '-c', '128']);
    expect(small.run([...args, '-n', '0', '-p', '']).conversation).toBe(more.conversation);
  });

  it('stops at a reverse prompt, and goes on after it', () => {
    const args = ['--prompt-cache', 'stop', '--temp', '0', '--ignore-eos'];
    const { output } = llama.run(['--temp', '0', '--ignore-eos', '-n', '30', '-p', PROMPT]);
    const stop = output.slice(11, 14);
    const reply = llama.run([...args, '-r', 'never comes', '-r', stop, '-p', PROMPT]);
    expect(reply.output).toContain(stop);
    expect(output.startsWith(reply.output)).toBe(true);
    expect(reply.output.indexOf(stop)).toBe(output.indexOf(stop));
    const next = llama.run([...args, '-n', '10', '-p', '']);
    expect((reply.conversation + next.output).startsWith(PROMPT + output.slice(0, reply.output.length + 1))).toBe(true);
    // A reverse prompt further back in the prompt stops nothing; a control token does.
    expect(generated(llama.run([...args, '-n', '5', '-r', PROMPT.slice(0, 4), '-p', PROMPT]))).toBe(4);
    const control = llama.run([...args, '--logit-bias', '398+1000', '-r', '<|im_start|>', '-p', PROMPT]);
    expect(control).toMatchObject({ output: '', generated_eog: false });
  });

  it('stops at a reverse prompt that begins in the prompt, and at once if the prompt ends with one', () => {
    const greedy = ['--temp', '0', '--ignore-eos', '-n', '12'];
    const { output } = llama.run([...greedy, '-p', PROMPT]);
    for (const [before, after] of [
      [1, 1],
      [3, 2],
      [20, 4],
    ] as const) {
      const stop = PROMPT.slice(-before) + output.slice(0, after);
      const reply = llama.run([...greedy, '-r', stop, '-p', PROMPT]);
      expect(reply.output.length).toBeGreaterThanOrEqual(after);
      expect(reply.output.length).toBeLessThan(output.length);
      expect(output.startsWith(reply.output)).toBe(true);
      expect((PROMPT + reply.output).includes(stop)).toBe(true);
    }
    // llama.cpp accepts up to two bytes after it.
    for (const [end, stops] of [
      ['', true],
      [':', true],
      [': ', true],
      [':  ', false],
    ] as const) {
      const reply = llama.run([
        ...greedy,
        '-n',
        '3',
        '-r',
        'User',
        '-p',
        `${PROMPT} User${end}`,
        '--prompt-cache',
        'stops',
      ]);
      expect(reply).toMatchObject({ prompt_remaining: '', generated_eog: false });
      expect(reply.output === '').toBe(stops);
      expect(reply.conversation.startsWith(`${PROMPT} User${end}`)).toBe(true);
      // Without the reverse prompt the answer goes on.
      expect(llama.run([...greedy, '-n', '3', '-p', '', '--prompt-cache', 'stops']).output).not.toBe('');
    }
  });

  it('keeps the state of mirostat and adaptive-p, however an answer is split into calls', () => {
    for (const flags of [
      ['--mirostat', '1'],
      ['--mirostat', '2', '--mirostat-ent', '3'],
      ['--samplers', 'top_k;adaptive_p', '--adaptive-target', '0.2'],
      ['--dry-multiplier', '1', '--dry-penalty-last-n', '-1'],
    ]) {
      const args = [...flags, '--seed', '5', '--ignore-eos', '--temp', '1.2'];
      const whole = llama.run([...args, '-n', '24', '-p', PROMPT, '--prompt-cache', 'whole']);
      llama.run([...args, '-n', '1', '-p', PROMPT, '--prompt-cache', 'split']);
      let last = llama.run([...args, '-n', '7', '-p', '', '--prompt-cache', 'split']);
      // A copy, a query and an upgrade go on in the same way, and change nothing.
      llama.call('copy_prompt_cache', { from: 'split', to: 'copy' });
      const asked = llama.ok('run_query', [...args, '-n', '18', '-p', '', '--prompt-cache', 'split']).output;
      llama.upgrade();
      llama.timers();
      for (const name of ['copy', 'split']) {
        last = llama.run([...args, '-n', '18', '-p', '', '--prompt-cache', name]);
        expect(last.output).toBe(asked);
        expect(last.conversation + last.output.slice(-1)).toBe(whole.conversation + whole.output.slice(-1));
      }
      // A new prompt begins anew.
      const again = llama.run([...args, '-n', '24', '-p', PROMPT, '--prompt-cache', 'split']);
      expect(again.output).toBe(whole.output);
    }
  });
});
