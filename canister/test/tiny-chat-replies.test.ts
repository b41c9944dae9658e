import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { Llama } from './llama.js';
import { counts, generated, greedy } from './run-replies.js';
import { BYTE_CACHE_NOISE, certainTokens, type TinyChatFile, tinyChatCases, tinyChatPath } from './tiny-chat.js';

/** The conversations of a file whose answers are certain, and ended by the model. */
const casesOf = (file: TinyChatFile) =>
  [...tinyChatCases]
    .filter(([, one]) => one.file === `${file}.gguf` && one.greedy.length < 120)
    .filter(([, one]) => certainTokens(one) === one.greedy.length)
    .map(([name, one]) => [name.slice(file.length + 1), one] as const);

const files: readonly TinyChatFile[] = ['tiny-chat-q8_0', 'tiny-chat-f16'];

describe.each(files)('a canister with %s answers as llama.cpp does', (file) => {
  const cases = casesOf(file);
  const args = (cache: string, text: string) => ['--prompt-cache', cache, '--prompt-cache-all', ...greedy, '-p', text];
  let llama: Llama;
  beforeAll(async () => {
    llama = await Llama.install();
    llama.load('models/model.gguf', readFileSync(tinyChatPath(file)), '--ctx-size', '512');
  });

  it('in more than one conversation', () => expect(cases.length).toBeGreaterThan(file === 'tiny-chat-q8_0' ? 2 : 0));

  it.each(cases)('in one call: %s', (name, { text, prompt, greedy: tokens, answer }) => {
    const reply = llama.run(args(name, text));
    expect(reply).toMatchObject({ generated_eog: true, prompt_remaining: '', error: '', output: answer });
    expect(counts(reply).slice(0, 4)).toEqual([BigInt(prompt.length), 0n, BigInt(prompt.length), 0n]);
    expect(generated(reply)).toBe(tokens.length);
    expect(llama.ok('run_query', [...greedy, '-p', text])).toMatchObject({ output: answer, generated_eog: true });
  });

  it.each(cases)('in calls of seven tokens, from a copied session, with upgrades: %s', (name, { text, answer }) => {
    llama.maxTokens(7, 7);
    let cache = `${name}-0`;
    let output = '';
    let calls = 0;
    let isRead = false;
    for (let isEnded = false; !isEnded; ) {
      const reply = llama.run(args(cache, isRead ? '' : text));
      isRead = reply.prompt_remaining === '';
      isEnded = reply.generated_eog;
      output += reply.output;
      expect(++calls).toBeLessThan(60);
      const copy = `${name}-${calls}`;
      expect(llama.call('copy_prompt_cache', { from: cache, to: copy })).toEqual({ Ok: { status_code: 200 } });
      cache = copy;
      if (calls % 5 === 0) {
        llama.upgrade();
        llama.timers();
      }
    }
    llama.maxTokens(0);
    expect(output).toBe(answer);
  });

  it('with int8 caches', () => {
    llama.ok('load_model', ['--model', 'models/model.gguf', '-c', '512', '-ctk', 'q8_0', '-ctv', 'q8_0']);
    const certain = cases.filter(([, one]) => certainTokens(one, BYTE_CACHE_NOISE) === one.greedy.length);
    expect(certain.length).toBeGreaterThan(0);
    for (const [name, { text, answer }] of certain) {
      expect(llama.run(args(`${name}-int8`, text)).output).toBe(answer);
    }
  });
});
