// What the canister refuses is explained in the words of each interface: with its names of fields, and without the
// names of the canister's methods.
import { LlamaError } from '@llama-canister/client';
import { expect, test } from 'vitest';
import { scripted } from '../scripted-backend.test-support.js';

const { backend, postJson } = scripted();
const messages = [{ role: 'user', content: 'Hi' }];
const model = 'tiny-chat';

test.each([
  ['/v1/chat/completions', { messages }, 'response_format'],
  ['/v1/responses', { input: 'Hi' }, 'text.format'],
  ['/v1/messages', { messages, max_tokens: 9 }, 'output_config.format'],
  ['/api/chat', { messages }, 'format'],
  ['/api/generate', { prompt: 'Hi' }, 'format'],
])('%s', async (path, body, name) => {
  const refused = (why: string, code = 'REFUSED') =>
    new LlamaError('refused', code, `generation_start: ${why}`, { next: 'Say less.' });
  backend.refusal = refused('response_format: #/properties/a: minLength is above maxLength');
  const answer = await postJson(path, { model, ...body });
  const said = await answer.json();
  expect([answer.status, said.error.message ?? said.error]).toEqual([
    400,
    `${name}: #/properties/a: minLength is above maxLength`,
  ]);
  const isOpenAi = said.error.param !== undefined;
  if (isOpenAi) expect(said.error).toMatchObject({ param: name, code: 'invalid_value' });
  backend.refusal = refused('main_: error: prompt is too long (600 tokens, max 508)', 'CONTEXT_FULL');
  const long = await postJson(path, { model, ...body });
  const { error } = await long.json();
  expect([long.status, error.message ?? error]).toEqual([400, 'prompt is too long (600 tokens, max 508)']);
  if (isOpenAi) expect(error.code).toBe('context_length_exceeded');
});
