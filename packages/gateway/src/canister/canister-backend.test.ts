// How a canister's report of its model is understood. Answers of a real canister are tested in test/gateway.
import { type LlamaClient, LlamaError } from '@llama-canister/client';
import { expect, test } from 'vitest';
import { askOf } from '../scripted-backend.test-support.js';
import { CanisterBackend } from './canister-backend.js';

const told = (ready: boolean, info?: object): LlamaClient =>
  ({
    canister: {
      canisterId: 'aaaaa-aa',
      ready: async () => ({ ready, reason: ready ? '' : 'no model is loaded' }),
      modelInfo: async () => info,
    },
  }) as unknown as LlamaClient;

const info = {
  filename: 'models/qwen2.5-q8_0.gguf',
  filesize: 10n,
  filesha256: 'ab',
  architecture: 'qwen2',
  name: 'Qwen',
  file_type: 'Q8_0',
  parameters: 5n,
  model_heap_bytes: 20n,
  context: 512n,
  trained_context: 1024n,
  chat_template: '{{ messages }}',
};

test.each([
  ['by its file', told(true, info), undefined, { id: 'qwen2.5-q8_0', ready: true, facts: { context: 512 } }],
  ['as it was named', told(true, info), 'mine', { id: 'mine', ready: true }],
  ['of an older canister, which does not say', told(true), undefined, { id: 'model', ready: true, facts: undefined }],
  ['that is not loaded', told(false), undefined, { id: '', ready: false, reason: 'no model is loaded' }],
])('a model goes %s', async (_, llama, name, expected) => {
  expect(await new CanisterBackend(llama, { name }).models()).toMatchObject([expected]);
});

test('a canister is not asked again for every request, and again when it did not answer', async () => {
  let asked = 0;
  let fails = true;
  const llama = told(true, info);
  llama.canister.ready = async () => {
    asked++;
    if (fails) throw new Error('no');
    return { ready: true, reason: '' };
  };
  const backend = new CanisterBackend(llama);
  await expect(backend.models()).rejects.toThrow('no');
  fails = false;
  await Promise.all([backend.models(), backend.models()]);
  await backend.models();
  expect(asked).toBe(2);
});

test.each([
  ['NOT_SUPPORTED', 'ACCESS_DENIED'],
  ['REFUSED', 'REFUSED'],
])('why a message was not let in: a query says %s, so it is %s', async (said, code) => {
  const llama = {
    ...told(true, info),
    complete: () => ({ id: Promise.reject(new LlamaError('refused', 'ACCESS_DENIED', 'no')), cancel: async () => {} }),
    quote: () => Promise.reject(new LlamaError('refused', said, 'why')),
  } as unknown as LlamaClient;
  const started = new CanisterBackend(llama).start(askOf('mine'), new AbortController().signal);
  await expect(started).rejects.toMatchObject({ code });
});
