import { PassThrough } from 'node:stream';
import { LlamaCanister, plainFormat, type Service } from '@llama-canister/client';
import { expect, test } from 'vitest';
import { capture } from '../output.test-support.js';
import { converse } from './interactive.js';
import { RunUpdateTalk } from './run-update-talk.js';
import { statsLine } from './turn.js';

/** A canister whose model answers every prompt with its last word, and fails on request. */
function parrot(): LlamaCanister {
  let conversation = '';
  const reply = (output: string) => ({
    Ok: {
      status_code: 200,
      output,
      conversation,
      error: '',
      prompt_remaining: '',
      generated_eog: true,
      n_prompt_tokens: [2n],
      n_prompt_tokens_cached: [0n],
      n_prompt_tokens_decoded: [2n],
      n_prompt_tokens_remaining: [0n],
      n_tokens_generated: [1n],
    },
  });
  const service = {
    new_chat: async () => reply(''),
    run_update: async ({ args }: { args: string[] }) => {
      const prompt = args[args.indexOf('-p') + 1] ?? '';
      const word = prompt.split(/\s/).at(-1) ?? '';
      if (word === 'fail') return { Err: { ...reply('').Ok, status_code: 500, error: 'the parrot is ill' } };
      conversation = `${prompt} ${word}`;
      return reply(` ${word}`);
    },
  };
  return new LlamaCanister(service as unknown as Service, 'aaaaa-aa');
}

const REMARKS = { under: statsLine, of: (error: unknown) => error };

function say(text: string, json = false, signal = new AbortController().signal) {
  const { texts, output } = capture(json, false);
  const input = new PassThrough();
  const chat = new RunUpdateTalk(parrot(), { format: plainFormat, state: undefined });
  const done = converse(chat, output, signal, REMARKS, input as unknown as NodeJS.ReadStream);
  input.write(text);
  return { texts, chat, done, input };
}

test('every line is a turn, until the input ends', async () => {
  const { texts, chat, done, input } = say('hello there\n\n  what now  \n');
  input.end();
  await done;
  expect(texts.out).toBe(' there\n now\n');
  expect(texts.err.match(/1 tokens in .* prompt 2, 1 call$/gm)?.length).toBe(2);
  expect(chat.messages.map(({ content }) => content)).toEqual(['hello there', ' there', 'what now', ' now']);
});

test('commands begin anew, change the system message and leave', async () => {
  const { texts, chat, done } = say('one\n/system Be kind.\ntwo\n/nonsense\n/exit\nnever\n');
  await done;
  expect(texts.out).toBe(' one\n two\n');
  expect(texts.err).toContain('There is no /nonsense.');
  expect(chat.messages[0]).toEqual({ role: 'system', content: 'Be kind.' });
});

test('an answer that failed is told, and the conversation goes on', async () => {
  const { texts, done, input } = say('please fail\nhello you\n');
  input.end();
  await done;
  expect(texts.err).toContain('Error: run_update: the parrot is ill');
  expect(texts.out).toContain(' you\n');
});

test('with --json every turn is a line of JSON', async () => {
  const { texts, done, input } = say('hello you\nplease fail\n', true);
  input.end();
  await done;
  const [first, second] = texts.out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(first).toMatchObject({ text: ' you', ending: 'eog', generatedTokens: 1 });
  expect(second.error).toMatchObject({ kind: 'refused', code: 'REFUSED' });
});

test('an interruption ends it', async () => {
  const stop = new AbortController();
  const { done } = say('hello you\n', false, stop.signal);
  setTimeout(() => stop.abort(), 50);
  await expect(done).rejects.toMatchObject({ kind: 'aborted' });
});
