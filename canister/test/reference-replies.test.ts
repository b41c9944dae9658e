import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { Llama, type Output, owner } from './llama.js';
import { counts, generated, greedy } from './run-replies.js';
import { hasShared, shared } from './shared.js';

describe.skipIf(!hasShared)('the reference replies of stories260Ktok512', () => {
  let llama: Llama;
  const model = () => readFileSync(shared('models', 'stories260Ktok512.gguf'));
  const flags = ['--prompt-cache-all', '--samplers', 'temperature', '--temp', '0.0', '-n', '3'];
  const call = (prompt: string, cache = 'prompt.cache') => llama.run(['--prompt-cache', cache, ...flags, '-p', prompt]);
  const PROMPT = 'Joe loves writing stories';
  const replies = [
    ['', ' Joe', ' loves writing stories', [16n, 0n, 5n, 11n, 0n]],
    ['', ' Joe loves wr', 'iting stories', [16n, 5n, 5n, 6n, 0n]],
    ['', ' Joe loves writing stori', 'es', [16n, 10n, 5n, 1n, 0n]],
    ['. He li', ' Joe loves writing stories. He', '', [16n, 15n, 1n, 0n, 2n]],
    [' liked to', ' Joe loves writing stories. He liked', '', [18n, 18n, 0n, 0n, 2n]],
  ] as const;
  const expectReply = (output: Output, call: number) => {
    const [text, conversation, remaining, tokens] = replies[call - 1]!;
    expect(output).toMatchObject({
      status_code: 200,
      error: '',
      output: text,
      conversation,
      prompt_remaining: remaining,
      generated_eog: false,
    });
    expect(counts(output)).toEqual(tokens);
  };

  beforeAll(async () => {
    llama = await Llama.install();
    expect(llama.load('models/tiny.gguf', model())).toMatchObject({
      status_code: 200,
      output: 'Model succesfully loaded into memory.',
      n_prompt_tokens: [],
      n_tokens_generated: [],
    });
    llama.maxTokens(5, 5);
  });

  it('come out exactly, also from a copy made after the first call', () => {
    expect(llama.ok('new_chat', ['--prompt-cache', 'prompt.cache']).output).toBe(
      `Ready to start a new chat for cache file .canister_cache/${owner}/sessions/prompt.cache`,
    );
    expectReply(call(PROMPT), 1);
    expect(llama.call('copy_prompt_cache', { from: 'prompt.cache', to: 'prompt-save.cache' })).toEqual({
      Ok: { status_code: 200 },
    });
    for (const cache of ['prompt.cache', 'prompt-save.cache']) {
      expectReply(call(PROMPT, cache), 2);
      expectReply(call(PROMPT, cache), 3);
      expectReply(call(PROMPT, cache), 4);
      expectReply(call('', cache), 5);
    }
  });

  it('come out exactly with an upgrade after every call', () => {
    for (let i = 1; i <= 5; i++) {
      const reply = call(i < 5 ? PROMPT : '', 'upgraded.cache');
      const [text, conversation, remaining] = replies[i - 1]!;
      expect(reply).toMatchObject({ output: text, conversation, prompt_remaining: remaining });
      // What was evaluated before the upgrade was kept, so it is not evaluated again.
      expect(Number(reply.n_prompt_tokens_decoded[0])).toBe([5, 5, 5, 1, 0][i - 1]);
      llama.upgrade();
      llama.timers();
    }
  });

  it('an answer to a prompt that is sent again begins again', () => {
    for (let i = 1; i <= 4; i++) call(PROMPT, 'again');
    const again = call(PROMPT, 'again');
    expect(again).toMatchObject({ output: '. He li', conversation: ' Joe loves writing stories. He' });
    expect(counts(again)).toEqual([16n, 16n, 0n, 0n, 2n]);
    llama.maxTokens(0);
    const other = llama.run(['--prompt-cache', 'again', ...flags, '-p', 'Joe loves writing letters']);
    expect(other.conversation).toMatch(/^ Joe loves writing letters/);
    expect(Number(other.n_prompt_tokens_cached[0])).toBeGreaterThan(5);
  });

  it('greedy text of 200 tokens is llama.cpp’s', () => {
    const data = new URL('data/stories260K-greedy.json', import.meta.url);
    const { cases } = JSON.parse(readFileSync(data, 'utf8')) as { cases: { prompt: string; text: string }[] };
    llama.maxTokens(0);
    llama.ok('load_model', ['--model', 'models/tiny.gguf', '--ctx-size', '512']);
    for (const { prompt, text } of cases) {
      const reply = llama.run([...greedy, '-n', '200', '-p', prompt]);
      expect(reply.output).toBe(text);
      expect(generated(reply)).toBe(199);
      expect(llama.ok('run_query', [...greedy, '-n', '200', '-p', prompt]).output).toBe(text);
    }
  });
});
