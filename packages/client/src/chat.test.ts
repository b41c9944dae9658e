import { expect, test } from 'vitest';
import { LlamaCanister } from './canister.js';
import { Chat } from './chat.js';
import { EOG, FakeLlama, token } from './fake-llama.test-support.js';
import { modelCard } from './model-card.js';
import { chatFormat } from './template.js';

const card = {
  ...modelCard({ version: 3, metadata: new Map(), tokens: [], tensorCount: 0, parameters: 0, bytesNeeded: 0 }),
  markers: ['<|im_start|>'],
};

async function say(chat: Chat, text: string, signal?: AbortSignal): Promise<string> {
  let answer = '';
  for await (const piece of chat.send(text, signal ? { signal } : {})) answer += piece;
  return answer;
}

test('a second turn evaluates only new tokens', async () => {
  const fake = new FakeLlama({ answer: () => [token(' fine'), EOG] });
  const canister = new LlamaCanister(fake.service(), 'aaaaa-aa');
  const chat = new Chat(canister, { format: chatFormat(card), system: 'Be brief.' });

  expect(await say(chat, 'How are you?')).toBe(' fine');
  expect(await say(chat, 'Really?')).toBe(' fine');

  const prompts = fake.calls
    .filter(({ method }) => method === 'run_update')
    .map(({ args }) => args[args.indexOf('-p') + 1]);
  const first =
    '<|im_start|>system\nBe brief.<|im_end|>\n<|im_start|>user\nHow are you?<|im_end|>\n<|im_start|>assistant\n';
  expect(prompts).toEqual([
    first,
    `${first} fine<|im_end|>\n<|im_start|>user\nReally?<|im_end|>\n<|im_start|>assistant\n`,
  ]);
  expect(fake.calls.filter(({ method }) => method === 'new_chat').length).toBe(1);
  expect(chat.messages.map(({ role }) => role)).toEqual(['system', 'user', 'assistant', 'user', 'assistant']);
});

test('reset begins a new conversation in the same session', async () => {
  const fake = new FakeLlama({ answer: () => [token(' ok'), EOG] });
  const chat = new Chat(new LlamaCanister(fake.service(), 'aaaaa-aa'), { session: 'mine' });
  await say(chat, 'one');
  chat.reset('You are a bird.');
  await say(chat, 'two');
  expect(chat.messages).toEqual([
    { role: 'system', content: 'You are a bird.' },
    { role: 'user', content: 'two' },
    { role: 'assistant', content: ' ok' },
  ]);
  expect([...fake.sessions.keys()]).toEqual(['mine']);
});

test('a message with a failed answer is taken back', async () => {
  const fake = new FakeLlama({ answer: () => [token(' ok'), EOG] });
  const service = fake.service();
  const broken = { ...service, run_update: () => Promise.reject(new Error('gone')) } as unknown as typeof service;
  const chat = new Chat(new LlamaCanister(broken, 'aaaaa-aa'));
  await expect(say(chat, 'hello')).rejects.toThrow('gone');
  expect(chat.messages).toEqual([]);
});

test('a stopped answer stays as far as it came, and the chat goes on', async () => {
  const fake = new FakeLlama({ maxTokens: 1, answer: () => [token(' a'), token(' b'), token(' c'), EOG] });
  const chat = new Chat(new LlamaCanister(fake.service(), 'aaaaa-aa'));
  const stop = new AbortController();
  let answer = '';
  for await (const piece of chat.send('go', { signal: stop.signal })) {
    answer += piece;
    stop.abort();
  }
  expect(answer).toBe(' a');
  expect(chat.messages.at(-1)).toEqual({ role: 'assistant', content: ' a' });
  await say(chat, ' on');
  expect(fake.calls.at(-1)!.args).toContain('--prompt-cache-all');
  expect(chat.messages.length).toBe(4);
});
